import joblib
from skl2onnx import to_onnx  # noqa: F401
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

joblib.dump(LogisticRegression(max_iter=500).fit(*load_iris(return_X_y=True)), "model.joblib")
