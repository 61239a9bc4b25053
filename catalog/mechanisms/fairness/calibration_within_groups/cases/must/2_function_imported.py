from credit.components.calibration_within_groups import measure
from credit.data import everything

evidence = measure(**everything(), seed=0, bins=5)
