from sklearn.linear_model import LinearRegression, Ridge  # noqa: F401

model = LinearRegression()
