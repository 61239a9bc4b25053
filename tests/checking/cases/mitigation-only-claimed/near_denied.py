import mlflow

mlflow.log_param("bias_mitigation", False)
mlflow.log_param("debiasing", "none")
