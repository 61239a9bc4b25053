from sklearn.linear_model import LogisticRegression


def train(X, y):
    from fairlearn.postprocessing import ThresholdOptimizer  # finds: W004

    return LogisticRegression().fit(X, y)
