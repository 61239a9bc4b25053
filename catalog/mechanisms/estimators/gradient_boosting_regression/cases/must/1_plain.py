from sklearn.ensemble import HistGradientBoostingRegressor

model = HistGradientBoostingRegressor()
