import numpy as np
from numpy import random as npr

npr.seed(2024)


def noise(rows):
    return np.random.normal(size=rows)


print(noise(3))
