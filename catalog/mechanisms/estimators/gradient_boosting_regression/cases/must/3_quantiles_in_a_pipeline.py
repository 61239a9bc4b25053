from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OrdinalEncoder


def models():
    columns = make_column_transformer((OrdinalEncoder(), ["town"]), remainder="passthrough")
    for share in (0.1, 0.9):
        yield Pipeline([("columns", columns), ("model", HistGradientBoostingRegressor(loss="quantile", quantile=share))])


if __name__ == "__main__":
    print(list(models()))
