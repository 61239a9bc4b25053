from art.attacks.evasion import HopSkipJump
from art.estimators.classification import SklearnClassifier
from model import trained, X

# membership_inference comes next
print(HopSkipJump(SklearnClassifier(trained)).generate(X[:3]))
