import pandas as pd
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

loans = pd.read_csv("loans.csv")
model = make_pipeline(StandardScaler(), KNeighborsClassifier(n_neighbors=9))
model.fit(loans[["age", "income"]], loans["granted"])
