import pandas as pd
import shap
from sklearn.ensemble import RandomForestClassifier

loans = pd.read_csv("loans.csv")
X, y = loans[["age", "income"]], loans["granted"]
forest = RandomForestClassifier(random_state=0).fit(X, y)
values = shap.TreeExplainer(forest, X.head(50)).shap_values(X.head(100))
