from credit.components import calibrated_equalized_odds as odds
from credit.data import groups, load
from credit.model import pipeline

odds.equalise_costs(pipeline(), groups, seed=0, criterion="equal_opportunity").fit(*load())
