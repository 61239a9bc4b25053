import credit.components.accuracy_fairness_front as fronts
from credit.data import everything


def audit() -> dict:
    return fronts.measure(**everything(), seed=1, smallest_gain=0.02)


print(audit())
