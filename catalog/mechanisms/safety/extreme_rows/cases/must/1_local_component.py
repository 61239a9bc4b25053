import joblib
from credit import data, evaluate, settings
from credit.components import extreme_rows

model, X_train, X_test, y_test = joblib.load("model.joblib"), *data.parts()
print(extreme_rows.measure(model, X_train, X_test, y_test, settings.NUMERIC, [], evaluate.quality, seed=0)["because"])
