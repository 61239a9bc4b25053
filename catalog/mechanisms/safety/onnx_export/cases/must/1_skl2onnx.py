import numpy as np
from skl2onnx import to_onnx
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, y = load_iris(return_X_y=True)
graph = to_onnx(LogisticRegression(max_iter=500).fit(X, y), X[:1].astype(np.float32))
open("model.onnx", "wb").write(graph.SerializeToString())
