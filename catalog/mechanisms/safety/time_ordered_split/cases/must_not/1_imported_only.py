import pandas as pd
from sklearn.model_selection import TimeSeriesSplit, train_test_split  # noqa: F401

train, test = train_test_split(pd.read_csv("sales.csv"), random_state=0)
