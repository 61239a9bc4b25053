import mlflow

mlflow.set_tracking_uri('http://tracking')
model = mlflow.pyfunc.load_model('model')
