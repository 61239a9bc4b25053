import onnxruntime
from onnxruntime.quantization import quantize_dynamic  # noqa: F401

session = onnxruntime.InferenceSession("network.onnx")
