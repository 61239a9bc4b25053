from aif360.sklearn.postprocessing import RejectOptionClassifierCV
from data import scores

RejectOptionClassifierCV("sex", scoring="disparate_impact").fit(*scores())
