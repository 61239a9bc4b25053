import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight

X = pd.read_csv("train.csv")
y = X.pop("granted")
LogisticRegression(class_weight="balanced").fit(X, y)
LogisticRegression().fit(X, y, sample_weight=compute_sample_weight("balanced", y))
