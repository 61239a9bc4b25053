import pandas as pd
from sklearn.preprocessing import QuantileTransformer

print(QuantileTransformer(n_quantiles=100).fit_transform(pd.read_csv("train.csv")[["income"]]))
