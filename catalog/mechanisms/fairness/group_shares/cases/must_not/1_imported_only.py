from credit.components import group_metrics, group_shares  # noqa: F401
from credit.data import decided, groups, labels

print(group_metrics.measure(labels(), decided(), groups(), [1], seed=0))
