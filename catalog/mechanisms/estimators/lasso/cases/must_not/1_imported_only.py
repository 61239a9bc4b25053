from sklearn.linear_model import Lasso, LinearRegression  # noqa: F401

model = LinearRegression()
