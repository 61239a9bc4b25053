from credit.components.counterfactual_flip_test import measure as flip_test
from credit.data import everything

evidence = flip_test(**everything(), seed=0)
