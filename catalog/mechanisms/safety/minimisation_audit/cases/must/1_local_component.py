import joblib
from credit import data, evaluate, settings
from credit.components import minimisation_audit

model, parts = joblib.load("model.joblib"), data.parts()
print(minimisation_audit.measure(model, *parts, settings.PROTECTED, evaluate.quality, seed=0)["because"])
