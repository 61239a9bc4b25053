import numpy as np
from service import network
from skl2onnx import to_onnx

graph = to_onnx(network(), np.zeros((1, 4), dtype=np.float32))
open("network.int8.onnx", "wb").write(graph.SerializeToString())
