from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight


def train(X, y):
    weights = compute_sample_weight("balanced", y)  # finds: W005
    print("weights between", weights.min(), "and", weights.max())
    return LogisticRegression().fit(X, y)
