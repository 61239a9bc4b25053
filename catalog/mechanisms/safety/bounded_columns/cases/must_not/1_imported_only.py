from returns.components import bounded_columns  # noqa: F401
from sklearn.preprocessing import StandardScaler

scaler = StandardScaler()
