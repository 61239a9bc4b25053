import pandas as pd
import shap
from sklearn.linear_model import LogisticRegression

loans = pd.read_csv("loans.csv")
X, y = loans[["age", "income"]], loans["granted"]
model = LogisticRegression().fit(X, y)
values = shap.LinearExplainer(model, X).shap_values(X.head(100))
