import xgboost as xgb

params = {'max_depth': 3, 'seed': 42}
model = xgb.train(params, data)
