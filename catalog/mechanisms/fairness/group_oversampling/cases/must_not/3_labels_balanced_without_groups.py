import pandas as pd
from imblearn.over_sampling import SMOTENC, RandomOverSampler
from imblearn.pipeline import make_pipeline
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
y = X.pop("granted")
X, y = SMOTENC(categorical_features=["sex"], random_state=0).fit_resample(X, y)
make_pipeline(RandomOverSampler(random_state=0), LogisticRegression()).fit(X[["age"]], y)
