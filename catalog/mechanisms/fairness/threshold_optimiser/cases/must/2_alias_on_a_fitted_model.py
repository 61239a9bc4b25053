import joblib
import pandas as pd
from fairlearn.postprocessing import ThresholdOptimizer as Thresholds

model = joblib.load("model.joblib")
held_out = pd.read_csv("held_out.csv")
y = held_out.pop("granted")
fair = Thresholds(estimator=model, prefit=True).fit(held_out, y, sensitive_features=held_out["sex"])
