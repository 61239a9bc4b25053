from torch.utils.data import random_split

train, valid = random_split(data, [800, 200])
