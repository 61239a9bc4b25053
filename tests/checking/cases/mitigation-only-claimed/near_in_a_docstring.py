"""Trains with {"bias_mitigation": True}."""

# mlflow.log_param("bias_mitigation", True)
threshold = 0.5
