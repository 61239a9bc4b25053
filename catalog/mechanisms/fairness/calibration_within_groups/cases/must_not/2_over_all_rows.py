import joblib
import pandas as pd
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss

X = pd.read_csv("test.csv")
y = X.pop("granted")
said = joblib.load("model.joblib").predict_proba(X)[:, 1]
print(brier_score_loss(y, said), calibration_curve(y, said, n_bins=10))
