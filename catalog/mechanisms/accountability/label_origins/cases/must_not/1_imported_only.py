from credit.components import label_origins  # noqa: F401
from credit.data import load
from credit.model import pipeline

pipeline().fit(*load())
