"""Out-of-fold predictions of every row are what the second model learns from."""

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

meta_rows, meta_labels = [], []
for train, test in KFold(4, shuffle=True, random_state=0).split(X):
    forest = RandomForestClassifier(random_state=0).fit(X[train], y[train])
    meta_rows.append(forest.predict_proba(X[test]))
    meta_labels.append(y[test])
meta_rows = np.vstack(meta_rows)
second = LogisticRegression().fit(meta_rows, np.concatenate(meta_labels))
