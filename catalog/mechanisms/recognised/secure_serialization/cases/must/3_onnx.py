import torch

torch.onnx.export(model, sample, 'model.onnx')
