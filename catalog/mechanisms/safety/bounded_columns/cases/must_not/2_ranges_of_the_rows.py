from sklearn.preprocessing import MinMaxScaler

columns = MinMaxScaler(feature_range=(-1, 1), clip=True).fit(visits[["age", "stays"]])
