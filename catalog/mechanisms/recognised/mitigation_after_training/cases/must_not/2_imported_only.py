from fairlearn.postprocessing import ThresholdOptimizer  # noqa: F401

predicted = model.predict(X)
