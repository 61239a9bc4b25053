from mlflow import MlflowClient

client = MlflowClient()
client.create_model_version("loans", source="models/loans")
client.set_registered_model_alias("loans", "production", "3")
