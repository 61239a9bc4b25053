from aif360.datasets import GermanDataset
from aif360.metrics import ClassificationMetric

truth = GermanDataset()
predicted = truth.copy(deepcopy=True)
metric = ClassificationMetric(truth, predicted, unprivileged_groups=[{"sex": 0}], privileged_groups=[{"sex": 1}])
print(metric.disparate_impact())
