import sklearn.ensemble as many

model = many.HistGradientBoostingRegressor(max_iter=10)
