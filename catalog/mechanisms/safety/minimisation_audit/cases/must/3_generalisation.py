from apt.minimization import GeneralizeToRepresentative
from credit import data, model

X, y = data.training()
minimiser = GeneralizeToRepresentative(model.load(), target_accuracy=0.98)
print(minimiser.fit(X, y).generalizations)
