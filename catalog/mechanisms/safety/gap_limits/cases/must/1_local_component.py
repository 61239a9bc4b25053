from credit import data, settings
from credit.components import gap_limits

X_train, X_test = data.parts()
print(gap_limits.learn(X_train, X_test, settings.MODELS / "model.skops", settings.NUMERIC)["because"])
