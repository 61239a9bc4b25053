from credit.components import calibration_within_groups
from credit.data import everything

print(calibration_within_groups.measure(**everything(), seed=0)["because"])
