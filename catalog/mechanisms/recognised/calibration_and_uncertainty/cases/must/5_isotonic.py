from sklearn.isotonic import IsotonicRegression

mapping = IsotonicRegression(out_of_bounds='clip').fit(scores, labels)
