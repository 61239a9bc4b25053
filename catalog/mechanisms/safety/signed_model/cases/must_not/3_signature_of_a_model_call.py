import mlflow
from mlflow.models import infer_signature
from service import model, rows

mlflow.sklearn.log_model(model(), name="model", signature=infer_signature(rows()))
