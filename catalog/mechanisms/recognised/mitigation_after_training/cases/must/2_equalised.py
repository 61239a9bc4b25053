from aif360.algorithms.postprocessing.calibrated_eq_odds_postprocessing import CalibratedEqOddsPostprocessing

fair = CalibratedEqOddsPostprocessing(privileged_groups=p, unprivileged_groups=u).fit(valid, predicted)
