from aif360.algorithms.postprocessing import RejectOptionClassification
from data import predicted, test

reject = RejectOptionClassification([{"sex": 0}], [{"sex": 1}], metric_name="Statistical parity difference")
print(reject.fit(test(), predicted()).predict(predicted()).labels)
