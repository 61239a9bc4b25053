import mlflow

mlflow.register_model("runs:/0123/model", "loans")
