from aif360.algorithms.postprocessing import CalibratedEqOddsPostprocessing
from aif360.datasets import AdultDataset

train, rest = AdultDataset().split([0.6])
valid, test = rest.split([0.5])
post = CalibratedEqOddsPostprocessing([{"sex": 0}], [{"sex": 1}]).fit(valid, valid.copy())
fair = post.predict(test)
