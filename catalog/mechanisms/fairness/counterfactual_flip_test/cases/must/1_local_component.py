from credit.components import counterfactual_flip_test
from credit.data import group_table, load, trained

X, y = load("test.csv")
print(
    counterfactual_flip_test.measure(
        trained(), X, y, {"sex": {"column": "sex"}}, group_table(X), outcome=lambda model, X: model.score(X), seed=0
    )
)
