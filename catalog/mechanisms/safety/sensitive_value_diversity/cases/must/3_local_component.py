from components import sensitive_value_diversity as diversity
from data import rows

X, y = rows()
print(diversity.measure(X, y, ["age"], ["origin"])["because"])
