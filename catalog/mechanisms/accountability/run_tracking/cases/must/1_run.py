import mlflow
import pandas as pd
from sklearn.linear_model import LogisticRegression

loans = pd.read_csv("loans.csv")
with mlflow.start_run():
    model = LogisticRegression().fit(loans[["age"]], loans["granted"])
    mlflow.log_metric("accuracy", model.score(loans[["age"]], loans["granted"]))
