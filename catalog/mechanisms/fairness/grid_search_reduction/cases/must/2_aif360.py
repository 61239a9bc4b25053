from aif360.sklearn.inprocessing import GridSearchReduction as Reduction
from data import load
from sklearn.linear_model import LogisticRegression

Reduction(prot_attr="sex", estimator=LogisticRegression(), constraints="EqualizedOdds").fit(*load())
