import pandas as pd
import shap
from sklearn.ensemble import RandomForestClassifier

X = pd.read_csv("train.csv")
y = X.pop("granted")
model = RandomForestClassifier(random_state=0).fit(X, y)
shap.plots.bar(shap.TreeExplainer(model)(X))
