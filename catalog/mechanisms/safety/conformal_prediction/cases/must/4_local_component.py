from credit import components, data, models
from credit.components import conformal_prediction

X, y = data.test_rows()
print(conformal_prediction.measure(models.load(), X, y, seed=0)["because"])
