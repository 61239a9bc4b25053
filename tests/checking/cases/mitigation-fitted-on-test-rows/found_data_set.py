from aif360.algorithms.postprocessing import EqOddsPostprocessing
from aif360.datasets import AdultDataset

train, test = AdultDataset().split([0.7])
predicted = test.copy()
post = EqOddsPostprocessing(unprivileged_groups=[{"sex": 0}], privileged_groups=[{"sex": 1}])
post = post.fit(test, predicted)  # finds: W009
