import art.attacks.evasion as attacks
from art.estimators.classification import BlackBoxClassifier
from service import decide, rows

print(attacks.ZooAttack(BlackBoxClassifier(decide, (4,), 2)).generate(rows()))
