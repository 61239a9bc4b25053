from torch.utils.data import DataLoader, WeightedRandomSampler
from training import sampler

loader = DataLoader([1, 2, 3], sampler=WeightedRandomSampler([1.0, 1.0, 2.0], 3))
sampler(loader)
