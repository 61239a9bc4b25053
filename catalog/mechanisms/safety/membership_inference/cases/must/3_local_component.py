from credit import data, models
from credit.components.membership_inference import measure

train, test = data.parts()
assert measure(models.load(), *train, *test, seed=0)["holds"]
