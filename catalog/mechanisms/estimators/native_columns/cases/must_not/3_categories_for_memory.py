import pandas as pd
import xgboost as xgb

loans = pd.read_csv("loans.csv").astype({"housing": "category"})
print(loans.memory_usage(deep=True))
xgb.XGBClassifier(enable_categorical=False).fit(loans[["age"]], loans["granted"])
