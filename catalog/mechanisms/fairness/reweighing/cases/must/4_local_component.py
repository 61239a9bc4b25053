from credit.components.reweighing import reweigh
from credit.data import groups, load
from credit.model import pipeline

X, y = load()
model = reweigh(pipeline(), groups).fit(X, y)
