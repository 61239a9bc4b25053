from aif360.sklearn.datasets import fetch_adult
from aif360.sklearn.inprocessing import ExponentiatedGradientReduction
from sklearn.linear_model import LogisticRegression

X, y, weights = fetch_adult(numeric_only=True)
ExponentiatedGradientReduction(
    prot_attr="sex", estimator=LogisticRegression(max_iter=1000), constraints="DemographicParity"
).fit(X, y)
