"""Measures equalized odds; calibrated_equalized_odds.equalise_costs(model, groups, 0) would correct them."""

from fairlearn.metrics import equalized_odds_difference

from credit.data import decided, groups, labels

print(equalized_odds_difference(labels(), decided(), sensitive_features=groups()))
