"""Could use HistGradientBoostingClassifier(categorical_features="from_dtype")."""

from lending.components import native_columns  # noqa: F401
from sklearn.preprocessing import OrdinalEncoder

# native_columns.columns(numeric=[], categorical=["housing"])
encoder = OrdinalEncoder()
