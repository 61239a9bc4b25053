from sklearn.pipeline import Pipeline

from returns.components import bounded_columns, private_logistic_regression

model = Pipeline(
    [
        ("columns", bounded_columns.columns(["age"], [], {"age": (0, 120)}, {})),
        ("estimator", private_logistic_regression.estimator(epsilon=0.5)),
    ]
)
