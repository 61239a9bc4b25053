from interpret.glassbox import DPExplainableBoostingClassifier


def private_model(bounds):
    return DPExplainableBoostingClassifier(epsilon=1.0, delta=1e-5, privacy_bounds=bounds)


private_model({"age": (18, 100)})
