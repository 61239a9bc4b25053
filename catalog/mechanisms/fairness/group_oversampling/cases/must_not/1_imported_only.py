from credit.components.group_oversampling import sampler  # noqa: F401
from credit.data import load
from sklearn.linear_model import LogisticRegression

LogisticRegression().fit(*load())
