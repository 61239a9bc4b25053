import pandas as pd
import xgboost as xgb

loans = pd.read_csv("loans.csv", dtype={"housing": "category"})
xgb.XGBClassifier(enable_categorical=True, tree_method="hist").fit(loans[["age", "housing"]], loans["granted"])
