from art.attacks.inference.membership_inference import MembershipInferenceBlackBox
from art.estimators.classification import SklearnClassifier
from service import model, rows

X, y = rows()
print(MembershipInferenceBlackBox(SklearnClassifier(model())).infer(X, y))
