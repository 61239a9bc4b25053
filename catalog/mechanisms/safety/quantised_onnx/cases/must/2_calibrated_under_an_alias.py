import onnxruntime.quantization as short
from service import reader

short.quantize_static("network.onnx", "network.int8.onnx", reader())
