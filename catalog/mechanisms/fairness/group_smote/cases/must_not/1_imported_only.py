from credit.components import group_smote  # noqa: F401
from credit.data import load
from credit.model import pipeline

pipeline().fit(*load())
