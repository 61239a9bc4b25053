"""Faster: HistGradientBoostingClassifier(max_iter=200)."""

from sklearn.ensemble import AdaBoostClassifier

# HistGradientBoostingClassifier().fit(X, y)
model = AdaBoostClassifier(random_state=0)
