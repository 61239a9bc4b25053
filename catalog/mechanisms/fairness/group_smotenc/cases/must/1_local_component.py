from credit.components import group_smotenc
from credit.data import columns, groups, load
from imblearn.pipeline import Pipeline
from sklearn.linear_model import LogisticRegression

rows = group_smotenc.sampler(groups, numeric=["age"], categorical=["sex"], seed=0)
Pipeline([("rows", rows), ("columns", columns()), ("estimator", LogisticRegression())]).fit(*load())
