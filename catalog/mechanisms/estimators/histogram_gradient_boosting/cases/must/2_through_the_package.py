import sklearn.ensemble
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

texts = make_column_selector(dtype_include=object)
columns = make_column_transformer((OrdinalEncoder(), texts), remainder="passthrough")
model = make_pipeline(columns, sklearn.ensemble.HistGradientBoostingClassifier())
