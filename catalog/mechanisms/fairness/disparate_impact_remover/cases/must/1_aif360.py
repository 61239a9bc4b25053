from aif360.algorithms.preprocessing import DisparateImpactRemover
from data import data_set

print(DisparateImpactRemover(repair_level=1.0, sensitive_attribute="sex").fit_transform(data_set()).features)
