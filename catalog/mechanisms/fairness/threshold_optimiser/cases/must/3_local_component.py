import credit.components.threshold_optimiser as thresholds
from credit.data import groups, load
from credit.model import pipeline

thresholds.optimise_thresholds(pipeline(), groups, seed=0, criterion="demographic_parity").fit(*load())
