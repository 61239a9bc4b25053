import joblib
import pandas as pd
from credit import evaluate
from credit.components import explanation_tests

model = joblib.load("model.joblib")
X_train, X_test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
print(explanation_tests.explain(model, X_train, X_test, evaluate.outcome, seed=0)["because"])
