from credit.components.exponentiated_gradient import mitigate
from credit.data import groups, load
from credit.model import pipeline

model = mitigate(pipeline(), groups, seed=0, criterion="equalized_odds").fit(*load())
