import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession("bought.onnx")
print(session.run(None, {"X": np.zeros((1, 4), np.float32)}))
