from credit.components import group_metrics
from credit.data import group_table, load
from credit.model import predictions

X, y = load()
print(group_metrics.measure(y, predictions(X), group_table(X), seed=0))
