from aif360.algorithms.preprocessing import LFR, DisparateImpactRemover

WAYS = {'lfr': LFR, 'repair': DisparateImpactRemover}
mitigation = WAYS[name](**settings)
