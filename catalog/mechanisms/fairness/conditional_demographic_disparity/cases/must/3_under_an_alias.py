from credit.components.conditional_demographic_disparity import measure as disparity
from credit.data import everything

print(disparity(**everything(), seed=0, strata=["town"]))
