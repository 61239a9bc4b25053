from loans import data, records, settings
from loans.components import decision_log, skops_format

X = data.read("cases.csv", settings.INPUTS)
model = skops_format.load(records.model_file())
events = decision_log.log(model, X, model.predict(X), records.model_file(), settings.RECORDS)
print(events)
