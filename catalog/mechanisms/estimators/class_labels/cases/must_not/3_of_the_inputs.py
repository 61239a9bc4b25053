import pandas as pd
from sklearn.preprocessing import OrdinalEncoder

# Not class_labels.coded(table, "way", labels): these are inputs, and LabelEncoder() is for labels.
table = pd.read_csv("claims.csv")
X = OrdinalEncoder().fit_transform(table[["town", "office"]])
