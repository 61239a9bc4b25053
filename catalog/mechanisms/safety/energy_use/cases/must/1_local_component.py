import joblib
from credit import data
from credit.components import energy_use

model, X_train, y_train, X_test = joblib.load("model.joblib"), *data.parts()
print(energy_use.measure(model, X_train, y_train, X_test, country="BEL")["because"])
