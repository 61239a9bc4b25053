import pickle as pkl

import pandas as pd
from sklearn.ensemble import RandomForestClassifier

X = pd.read_csv("train.csv")
model = RandomForestClassifier(random_state=0).fit(X, X.pop("granted"))
with open("model.pkl", "wb") as file:
    pkl.dump(model, file)
