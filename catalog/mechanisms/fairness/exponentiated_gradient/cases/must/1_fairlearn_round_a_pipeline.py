import pandas as pd
from fairlearn.reductions import DemographicParity, ExponentiatedGradient
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

X = pd.read_csv("train.csv")
y, sex = X.pop("granted"), X.pop("sex")
pipeline = Pipeline([("scale", StandardScaler()), ("clf", LogisticRegression())])
model = ExponentiatedGradient(pipeline, DemographicParity(), sample_weight_name="clf__sample_weight")
model.fit(X, y, sensitive_features=sex)
