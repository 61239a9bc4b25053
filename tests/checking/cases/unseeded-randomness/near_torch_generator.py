import torch
from torch.utils.data import DataLoader, random_split

train, test = random_split(data, [800, 200], generator=torch.Generator().manual_seed(0))
loader = DataLoader(test, batch_size=32, shuffle=False)
dummy = torch.zeros(1, 3)
