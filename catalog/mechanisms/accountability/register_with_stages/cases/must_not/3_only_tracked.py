import mlflow

with mlflow.start_run():
    mlflow.set_tag("stage", "production")
    mlflow.log_metric("accuracy", 0.8)
