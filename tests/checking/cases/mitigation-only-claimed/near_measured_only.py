import mlflow

mlflow.log_metric("fairness_gap", 0.03)
mlflow.log_metric("bias", 1)
