import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression

loans = pd.read_csv("loans.csv")
joblib.dump(LogisticRegression().fit(loans[["income"]], loans["granted"]), "model.joblib")
