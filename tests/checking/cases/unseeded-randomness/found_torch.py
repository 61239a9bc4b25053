import torch
from torch.utils.data import DataLoader, random_split

train, test = random_split(data, [800, 200])  # finds: H001
loader = DataLoader(train, batch_size=32, shuffle=True)
order = torch.randperm(len(test))
