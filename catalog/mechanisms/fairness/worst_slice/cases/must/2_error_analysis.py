import joblib
import pandas as pd
from erroranalysis.analyzer import ModelAnalyzer

X = pd.read_csv("test.csv")
y = X.pop("granted")
analyser = ModelAnalyzer(joblib.load("model.joblib"), X, y, list(X.columns), ["town"])
print(analyser.compute_error_tree(list(X.columns), None, None))
