import aif360.algorithms.preprocessing.disparate_impact_remover as impact
from data import data_set

repaired = impact.DisparateImpactRemover(repair_level=0.8).fit_transform(data_set())
