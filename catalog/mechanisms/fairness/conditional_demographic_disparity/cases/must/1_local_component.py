from credit.components import conditional_demographic_disparity
from credit.data import group_table, load, trained

X, y = load("test.csv")
found = conditional_demographic_disparity.measure(trained(), X, group_table(X), [1], seed=0, strata=["qualification"])
print(found["because"])
