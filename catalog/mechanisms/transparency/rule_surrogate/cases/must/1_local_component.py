import joblib
import pandas as pd
from credit import evaluate
from credit.components.rule_surrogate import explain

model = joblib.load("model.joblib")
found = explain(model, pd.read_csv("train.csv"), pd.read_csv("test.csv"), evaluate.outcome, seed=0, depth=3)
for rule in found["measured"]["rules"]:
    print(" and ".join(rule["if"]), rule["mean"])
