import mlflow

mlflow.sklearn.log_model(model, name='model', registered_model_name='risk')
