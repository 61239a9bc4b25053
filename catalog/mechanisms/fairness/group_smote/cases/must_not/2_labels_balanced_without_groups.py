from imblearn.over_sampling import SMOTE

from credit.data import load

# group_smote.sampler(groups, ...) would balance the groups as well
X, y = SMOTE(random_state=0).fit_resample(*load())
