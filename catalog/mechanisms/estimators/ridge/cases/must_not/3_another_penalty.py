from sklearn.linear_model import BayesianRidge, Lasso

# Ridge(alpha=1.0) keeps every column
models = [Lasso(alpha=0.1), BayesianRidge()]
