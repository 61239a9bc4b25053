import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.utils import resample

table = pd.read_csv("people.csv")
rare, common = table[table.granted == 1], table[table.granted == 0]
more = resample(rare, replace=True, n_samples=len(common), random_state=0)  # finds: W003
table = pd.concat([common, more])
train, test = train_test_split(table)
