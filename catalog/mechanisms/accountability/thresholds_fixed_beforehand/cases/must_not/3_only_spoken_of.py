"""thresholds_fixed_beforehand.fix(limits, folder) comes later."""

print("nothing yet")
