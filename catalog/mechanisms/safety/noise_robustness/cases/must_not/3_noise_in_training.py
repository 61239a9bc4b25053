import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
y = X.pop("granted")
X["age"] += np.random.default_rng(0).normal(0, 1, len(X))
LogisticRegression().fit(X, y)
