from onnxruntime.quantization import QuantType, quantize_dynamic

quantize_dynamic("network.onnx", "network.int8.onnx", weight_type=QuantType.QInt8)
