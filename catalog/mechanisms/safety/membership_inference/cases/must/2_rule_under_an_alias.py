import art.attacks.inference.membership_inference as mi
from art.estimators.classification import SklearnClassifier
from model import trained, X, y

print(mi.MembershipInferenceBlackBoxRuleBased(SklearnClassifier(trained)).infer(X, y))
