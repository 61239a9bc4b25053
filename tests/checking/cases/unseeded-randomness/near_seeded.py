import numpy as np
from imblearn.over_sampling import SMOTE
from sklearn.model_selection import train_test_split

SEED = 7
rng = np.random.default_rng(SEED)
X, y = SMOTE(random_state=SEED).fit_resample(*train_test_split(X, y, random_state=rng)[::2])
