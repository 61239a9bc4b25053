from fairlearn.preprocessing import PrototypeRepresentationLearner

from credit.data import load

X, y, sex = load()
shares = PrototypeRepresentationLearner(n_prototypes=5, fairness_weight=10).fit(X, y, sensitive_features=sex)
