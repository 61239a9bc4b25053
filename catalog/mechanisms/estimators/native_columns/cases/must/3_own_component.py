from lending.components import explainable_boosting, native_columns
from sklearn.pipeline import Pipeline

model = Pipeline(
    [
        ("columns", native_columns.columns(numeric=["age"], categorical=["housing"])),
        ("estimator", explainable_boosting.estimator(seed=0)),
    ]
)
