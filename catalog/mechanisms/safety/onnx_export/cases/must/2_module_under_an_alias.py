import skl2onnx as onnx_of
from service import model
from skl2onnx.common.data_types import FloatTensorType

graph = onnx_of.convert_sklearn(model(), initial_types=[("X", FloatTensorType([None, 4]))])
print(len(graph.SerializeToString()))
