from fairlearn.adversarial import AdversarialFairnessClassifier


class Training:
    def __init__(self):
        self.model = AdversarialFairnessClassifier(backend='torch')

    def run(self, X, y, sex):
        self.model.fit(X, y, sensitive_features=sex)
