import pandas as pd
from fairlearn.postprocessing import ThresholdOptimizer
from sklearn.ensemble import RandomForestClassifier

X = pd.read_csv("train.csv")
y, sex = X.pop("granted"), X.pop("sex")
model = ThresholdOptimizer(
    estimator=RandomForestClassifier(random_state=0),
    constraints="equalized_odds",
    predict_method="predict_proba",
)
model.fit(X, y, sensitive_features=sex)
