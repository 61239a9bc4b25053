from sklearn.preprocessing import RobustScaler

X = RobustScaler().fit_transform(X)
