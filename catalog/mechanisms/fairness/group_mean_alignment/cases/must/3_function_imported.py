from rents.components.group_mean_alignment import align
from rents.data import groups, load
from rents.model import pipeline


def train():
    X, y = load()
    return align(pipeline(), groups).fit(X, y)


if __name__ == "__main__":
    train()
