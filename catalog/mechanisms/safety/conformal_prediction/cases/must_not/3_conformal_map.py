import numpy as np


def conformal(z):
    """A conformal map of the plane."""
    return (z - 1j) / (z + 1j)


print(conformal(np.array([1 + 2j, 3j])))
