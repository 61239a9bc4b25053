from fairlearn import reductions
from sklearn.tree import DecisionTreeRegressor

from rents.data import load

X, y, groups = load()
bound = reductions.BoundedGroupLoss(reductions.SquareLoss(0, 1), upper_bound=0.1)
model = reductions.ExponentiatedGradient(DecisionTreeRegressor(), bound)
model.fit(X, y, sensitive_features=groups)
