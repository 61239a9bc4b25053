from aif360.sklearn.postprocessing import RejectOptionClassifierCV as Reject
from data import scores

Reject("sex", scoring="disparate_impact").fit(*scores())
