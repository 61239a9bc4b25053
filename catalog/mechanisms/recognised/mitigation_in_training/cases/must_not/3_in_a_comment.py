# from fairlearn.reductions import ExponentiatedGradient
# model = ExponentiatedGradient(estimator, constraints)
model.fit(X, y)
