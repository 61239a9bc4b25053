"""Later: ExplainableBoostingClassifier(interactions=5)."""

from sklearn.ensemble import GradientBoostingClassifier

# ebm = ExplainableBoostingClassifier()
model = GradientBoostingClassifier(random_state=0)
