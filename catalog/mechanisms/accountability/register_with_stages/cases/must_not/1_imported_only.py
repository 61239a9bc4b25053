from mlflow import MlflowClient  # noqa: F401

print("nothing is registered")
