import torch.nn as nn

loss = nn.CrossEntropyLoss(weight=weights)
