import aequitas.plot as drawn

drawn.disparity(by_group, ['fpr'], 'district', fairness_threshold=1.25)
