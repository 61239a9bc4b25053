import pandas as pd
from pandera import Check, Column, DataFrameSchema

inputs = DataFrameSchema({"age": Column(float, Check.ge(0), nullable=True), "job": Column(str)})


def read(path):
    return inputs(pd.read_csv(path))


read("applications.csv")
