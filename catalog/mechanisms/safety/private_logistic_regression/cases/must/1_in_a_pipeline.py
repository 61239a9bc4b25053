import pandas as pd
from diffprivlib.models import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import Normalizer

visits = pd.read_csv("visits.csv")
model = Pipeline([("unit", Normalizer()), ("estimator", LogisticRegression(epsilon=1.0, data_norm=1.0))])
model.fit(visits[["age", "stays"]], visits["returned"])
