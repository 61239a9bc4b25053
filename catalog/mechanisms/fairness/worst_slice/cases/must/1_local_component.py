from credit.components import worst_slice
from credit.data import load, trained

X, y = load("test.csv")
print(worst_slice.measure(trained(), X, y, numeric=["age"], categorical=["town"], seed=0)["because"])
