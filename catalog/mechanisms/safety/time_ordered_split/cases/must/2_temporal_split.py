import pandas as pd
from sktime.split import temporal_train_test_split

sales = pd.read_csv("sales.csv", index_col="day")["sold"]
train, test = temporal_train_test_split(sales, test_size=36)
