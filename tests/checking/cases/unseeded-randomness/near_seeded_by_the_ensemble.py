from sklearn.ensemble import BaggingClassifier
from sklearn.tree import DecisionTreeClassifier

trees = BaggingClassifier(DecisionTreeClassifier(min_samples_leaf=10), n_estimators=30, random_state=7)
trees.fit(X, y)
