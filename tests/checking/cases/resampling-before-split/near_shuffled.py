import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.utils import resample, shuffle

table = shuffle(pd.read_csv("people.csv"), random_state=0)
smaller = resample(table, replace=False, n_samples=1000, random_state=0)
train, test = train_test_split(smaller)
