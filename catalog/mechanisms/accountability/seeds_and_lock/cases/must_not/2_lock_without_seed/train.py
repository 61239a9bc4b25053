import random  # noqa: F401

import numpy as np
from sklearn.ensemble import RandomForestClassifier

noise = np.random.normal(size=10)
model = RandomForestClassifier(n_estimators=50)
