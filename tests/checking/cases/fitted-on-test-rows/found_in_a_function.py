from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder
from sklearn.impute import SimpleImputer


def prepared(X_train, X_test):
    steps = make_pipeline(SimpleImputer(), OrdinalEncoder())
    return steps.fit_transform(X_train), steps.fit_transform(X_test)  # finds: W006
