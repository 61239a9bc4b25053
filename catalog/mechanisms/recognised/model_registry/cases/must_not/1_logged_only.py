import mlflow

mlflow.sklearn.log_model(model, name='model')
