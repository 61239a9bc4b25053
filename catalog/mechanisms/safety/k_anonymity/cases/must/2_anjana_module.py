import anjana.anonymity as anonymity
import pandas as pd
from hierarchies import HIERARCHIES
from sklearn.tree import DecisionTreeClassifier

table = anonymity.k_anonymity(pd.read_csv("train.csv"), [], ["age", "town"], 3, 5, HIERARCHIES)
DecisionTreeClassifier().fit(pd.get_dummies(table.drop(columns="granted")), table["granted"])
