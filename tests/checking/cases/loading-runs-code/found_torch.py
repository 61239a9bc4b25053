import torch

weights = torch.load("weights.pt")  # finds: H002
others = torch.load("others.pt", weights_only=False)  # finds: H002
