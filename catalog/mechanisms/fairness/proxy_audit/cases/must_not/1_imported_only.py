from credit.components import proxy_audit  # noqa: F401
from credit.data import load

X, y = load()
print(X.corr())
