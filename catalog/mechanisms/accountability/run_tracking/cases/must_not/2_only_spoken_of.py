"""Run under mlflow.start_run() if you want the figures kept."""

# mlflow.autolog()
print("mlflow.start_run() is not used here")
