import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import validation_curve

table = pd.read_csv("applications.csv")
y = table.pop("granted")
validation_curve(LogisticRegression(), table, y, param_name="C", param_range=[0.1, 1, 10])
