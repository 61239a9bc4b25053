import numpy as np
from sklearn.linear_model import LogisticRegression

np.random.seed(0)
model = LogisticRegression(random_state=0)
