from mlflow import MlflowClient

client = MlflowClient()
client.set_registered_model_alias('risk', 'champion', 3)
