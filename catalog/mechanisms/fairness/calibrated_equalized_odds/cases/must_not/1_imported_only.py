from aif360.algorithms.postprocessing import CalibratedEqOddsPostprocessing, EqOddsPostprocessing  # noqa: F401

from credit.data import dataset, predicted

after = EqOddsPostprocessing([{"sex": 0}], [{"sex": 1}]).fit(dataset(), predicted())
