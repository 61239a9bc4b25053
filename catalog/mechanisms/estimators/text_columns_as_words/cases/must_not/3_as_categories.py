"""The text column has ten values, so that TfidfVectorizer() is not needed."""

from sklearn.compose import make_column_transformer
from sklearn.preprocessing import OneHotEncoder

columns = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), ["reason"]))
