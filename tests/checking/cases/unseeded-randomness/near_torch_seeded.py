import torch
from torch.utils.data import DataLoader, random_split

torch.manual_seed(0)
train, test = random_split(data, [800, 200])
loader = DataLoader(train, batch_size=32, shuffle=True)
