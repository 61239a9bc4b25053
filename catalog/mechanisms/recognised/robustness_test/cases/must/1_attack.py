from art.attacks.evasion import FastGradientMethod
from art.estimators.classification import SklearnClassifier

attack = FastGradientMethod(SklearnClassifier(model), eps=0.1)
