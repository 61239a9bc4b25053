from credit.components import group_smote
from credit.data import columns, groups, load
from imblearn.pipeline import Pipeline
from sklearn.linear_model import LogisticRegression

rows = group_smote.sampler(groups, numeric=["age", "income"], seed=0)
Pipeline([("rows", rows), ("columns", columns()), ("estimator", LogisticRegression())]).fit(*load())
