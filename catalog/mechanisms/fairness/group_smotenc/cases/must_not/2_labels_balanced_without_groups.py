from imblearn.over_sampling import SMOTENC

from credit.data import load

# group_smotenc.sampler(groups, ...) would balance the groups as well
X, y = SMOTENC(categorical_features=["sex"], random_state=0).fit_resample(*load())
