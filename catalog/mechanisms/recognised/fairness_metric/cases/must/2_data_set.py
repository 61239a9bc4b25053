from aif360.metrics import BinaryLabelDatasetMetric

metric = BinaryLabelDatasetMetric(data, unprivileged_groups=u, privileged_groups=p)
print(metric.disparate_impact())
