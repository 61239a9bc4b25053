import pandas as pd
import pandera.pandas as pa  # noqa: F401
from sklearn.linear_model import LogisticRegression

table = pd.read_csv("applications.csv")
LogisticRegression().fit(table[["age"]], table["granted"])
