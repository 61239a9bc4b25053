import pathlib

import joblib
import pandas as pd
from credit import evaluate
from credit.components import counterfactual_explanations as changes

model = joblib.load("model.joblib")
X_train, X_test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
found = changes.explain(model, X_train, X_test, evaluate.outcome, [1], ["sex"], pathlib.Path("figures"), seed=0)
