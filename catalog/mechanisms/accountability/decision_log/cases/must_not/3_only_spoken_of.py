"""decision_log.log(model, X, results) is somebody else's task."""

# log_prediction("a1", "yes")
print("log_prediction")
