from aif360.algorithms.preprocessing import DisparateImpactRemover
from aif360.datasets import AdultDataset

train, test = AdultDataset().split([0.7], shuffle=True, seed=0)
repaired = DisparateImpactRemover(repair_level=0.8, sensitive_attribute="sex").fit_transform(train)
