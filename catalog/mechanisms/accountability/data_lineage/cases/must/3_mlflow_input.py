import mlflow
import pandas as pd

loans = pd.read_csv("loans.csv")
with mlflow.start_run():
    mlflow.log_input(mlflow.data.from_pandas(loans, source="loans.csv"), context="training")
