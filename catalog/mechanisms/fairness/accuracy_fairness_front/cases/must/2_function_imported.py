from credit.components.accuracy_fairness_front import measure as draw_front
from credit.data import everything

evidence = draw_front(**everything(), seed=0, steps=50)
