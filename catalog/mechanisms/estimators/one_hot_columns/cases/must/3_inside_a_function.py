import sklearn.preprocessing as prep
from sklearn.compose import ColumnTransformer


def build(categorical):
    encoder = prep.OneHotEncoder(sparse_output=False, handle_unknown="infrequent_if_exist", min_frequency=20)
    return ColumnTransformer([("levels", encoder, categorical)], remainder="passthrough")


columns = build(["housing", "sex"])
