from loans.components import thresholds_fixed_beforehand

print("no limit is fixed", thresholds_fixed_beforehand.__name__)
