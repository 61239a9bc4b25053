from sklearn.preprocessing import StandardScaler

X = StandardScaler().fit_transform(X)
