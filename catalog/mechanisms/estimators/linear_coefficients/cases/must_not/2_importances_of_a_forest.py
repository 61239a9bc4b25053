from sklearn.ensemble import RandomForestClassifier
from sklearn.inspection import permutation_importance

forest = RandomForestClassifier(random_state=0).fit([[0], [1]], [0, 1])
permutation_importance(forest, [[0], [1]], [0, 1], random_state=0)
