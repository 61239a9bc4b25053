from credit.components import disparate_impact_remover
from credit.data import groups, load
from credit.model import pipeline

disparate_impact_remover.repair(pipeline(), groups, numeric=["income"], protected=["sex"]).fit(*load())
