from aif360.algorithms.postprocessing import CalibratedEqOddsPostprocessing

from credit.data import dataset, predicted

after = CalibratedEqOddsPostprocessing([{"sex": 0}], [{"sex": 1}], cost_constraint="fnr")
after.fit(dataset(), predicted())
