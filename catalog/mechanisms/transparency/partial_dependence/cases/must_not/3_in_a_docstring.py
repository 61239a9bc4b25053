"""Show PartialDependenceDisplay.from_estimator(model, X, ["age"]) once there is a model."""

print("nothing is explained yet")
