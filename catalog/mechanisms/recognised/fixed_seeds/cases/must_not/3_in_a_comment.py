# np.random.seed(0)
model.fit(X, y)
