import pandas as pd
import pandera.pandas as pa
from sklearn.linear_model import LogisticRegression

schema = pa.DataFrameSchema({"age": pa.Column(int, pa.Check.in_range(18, 100)), "granted": pa.Column(int)})
table = schema.validate(pd.read_csv("applications.csv"), lazy=True)
LogisticRegression().fit(table[["age"]], table["granted"])
