from credit.components.fair_representation import represent
from credit.data import groups, load
from credit.model import pipeline


def trained():
    return represent(pipeline(), groups, seed=0).fit(*load())


print(trained())
