from credit.components import proxy_audit
from credit.data import groups, load

X, _ = load()
print(proxy_audit.measure(X, groups(X), ["age"], ["town"], ["sex"], seed=0)["because"])
