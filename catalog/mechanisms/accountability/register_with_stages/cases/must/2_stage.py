from mlflow.tracking import MlflowClient as Client

Client().transition_model_version_stage(name="loans", version=3, stage="Production")
