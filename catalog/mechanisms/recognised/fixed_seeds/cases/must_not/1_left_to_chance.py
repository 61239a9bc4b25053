import numpy as np
from sklearn.ensemble import RandomForestClassifier

rng = np.random.default_rng()
model = RandomForestClassifier(random_state=None)
