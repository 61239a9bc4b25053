from aif360.datasets import AdultDataset

train, test = AdultDataset().split([0.7], shuffle=True)  # finds: H001
first, second = train.split([0.5], shuffle=True, seed=3)
