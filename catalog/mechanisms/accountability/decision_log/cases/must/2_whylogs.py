import pandas as pd
import whylogs as why

cases = pd.read_csv("cases.csv")
why.log(cases).writer("local").write()
