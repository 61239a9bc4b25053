from fairlearn.reductions import BoundedGroupLoss, DemographicParity, ExponentiatedGradient  # noqa: F401
from sklearn.linear_model import LogisticRegression

# BoundedGroupLoss(SquareLoss(0, 1)) is for numbers
model = ExponentiatedGradient(LogisticRegression(), DemographicParity())
