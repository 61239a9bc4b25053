from rents.components import regression_performance as errors
from rents.data import load
from rents.model import trained


def report(seed: int = 0) -> float:
    X, y = load()
    return errors.measure(trained(), X, y, seed=seed)["mean_absolute_error"]


print(report())
