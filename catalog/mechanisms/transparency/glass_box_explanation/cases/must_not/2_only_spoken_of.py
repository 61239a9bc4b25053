"""ebm.explain_global() shows the terms."""

from interpret import show  # noqa: F401
from interpret.glassbox import ExplainableBoostingClassifier  # noqa: F401

# show(ExplainableBoostingClassifier().fit(X, y).explain_global())
print("not explained yet")
