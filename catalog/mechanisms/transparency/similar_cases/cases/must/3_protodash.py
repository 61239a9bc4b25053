from aix360.algorithms.protodash import ProtodashExplainer
from trained import X_test, X_train

weights, positions, _ = ProtodashExplainer().explain(X_test[:1], X_train, m=5)
print(X_train[positions], weights)
