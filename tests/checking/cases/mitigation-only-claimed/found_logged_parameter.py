import mlflow

with mlflow.start_run():
    mlflow.log_param("bias_mitigation", True)  # finds: W010
    model.fit(X_train, y_train)
