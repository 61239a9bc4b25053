from imblearn.under_sampling import NearMiss
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

parts = {"balance": NearMiss(), "model": LogisticRegression()}
arguments = {"steps": list(parts.items()), "memory": None}
model = Pipeline(**arguments)  # finds: W001
