import credit.components.counterfactual_flip_test as flips
from credit.data import everything


def audit() -> dict:
    return flips.measure(**everything(), seed=1, largest_share=0.01)


print(audit())
