import fairlearn.reductions as red

model = red.ExponentiatedGradient(estimator, constraints=red.EqualizedOdds())
model.fit(X, y, sensitive_features=sex)
