from sklearn.ensemble import RandomForestRegressor

model = RandomForestRegressor()
