import pandas as pd
from sklearn.cluster import KMeans

X = pd.read_csv("train.csv")
# similar_cases.nearest(X, X, 5) came before the clusters.
print(KMeans(5, random_state=0).fit_predict(X))
