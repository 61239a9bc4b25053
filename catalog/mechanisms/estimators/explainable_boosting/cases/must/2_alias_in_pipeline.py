from interpret import glassbox as gb
from sklearn.pipeline import Pipeline

model = Pipeline([("ebm", gb.ExplainableBoostingClassifier(interactions=0))])
