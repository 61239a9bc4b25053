from sklearn.feature_selection import VarianceThreshold
from credit import data

X, y = data.training()
print(VarianceThreshold().fit(X).get_support(), "RFECV and minimisation_audit.measure would say more")
