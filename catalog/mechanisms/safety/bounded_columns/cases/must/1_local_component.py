from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import make_pipeline

from returns.components import bounded_columns

columns = bounded_columns.columns(["age"], ["ward"], {"age": (0, 120)}, {"ward": ["a", "b"]})
model = make_pipeline(columns, RandomForestClassifier(random_state=0))
