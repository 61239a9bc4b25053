from credit.components import accuracy_fairness_front
from credit.data import FIGURES, group_table, load, score, trained

X, y = load("test.csv")
print(accuracy_fairness_front.measure(trained(), X, y, group_table(X), [1], score, FIGURES, seed=0))
