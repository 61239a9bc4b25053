"""The columns are those of pa.DataFrameSchema({"age": pa.Column(int)}) in the other repository."""
import pandas as pd

# pandera.DataFrameSchema({}).validate(table)
table = pd.read_csv("applications.csv").dropna()
