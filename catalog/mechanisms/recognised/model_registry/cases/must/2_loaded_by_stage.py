import mlflow.pyfunc

model = mlflow.pyfunc.load_model(f'models:/{name}/Production')
