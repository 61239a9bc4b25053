from sklearn.linear_model import Lasso

model = Lasso(alpha=0.1)
