import pandas as pd
from sklearn.preprocessing import LabelBinarizer

table = pd.read_csv("loans.csv")
y = LabelBinarizer().fit_transform(table.pop("repaid")).ravel()
