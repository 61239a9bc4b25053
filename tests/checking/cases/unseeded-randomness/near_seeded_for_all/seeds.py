import random

import numpy as np


def fix(seed):
    random.seed(seed)
    np.random.seed(seed)
