import joblib
import pandas as pd
from skrules import SkopeRules

X = pd.read_csv("train.csv")
model = joblib.load("model.joblib")
rules = SkopeRules(max_depth=3, feature_names=list(X.columns)).fit(X, model.predict(X))
print(rules.rules_[:5])
