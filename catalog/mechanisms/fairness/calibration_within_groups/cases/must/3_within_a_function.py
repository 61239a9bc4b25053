import credit.components.calibration_within_groups as calibration
from credit.data import everything


def report() -> str:
    found = calibration.measure(**everything(), seed=0)
    return found["because"]


print(report())
