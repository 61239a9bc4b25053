from art.attacks.inference.membership_inference import MembershipInferenceBlackBox
from art.estimators.classification import SklearnClassifier
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier

X, y = load_breast_cancer(return_X_y=True)
model = SklearnClassifier(RandomForestClassifier(random_state=0).fit(X[::2], y[::2]))
attack = MembershipInferenceBlackBox(model, attack_model_type="rf")
attack.fit(X[::2], y[::2], X[1::2], y[1::2])
print(attack.infer(X, y).mean())
