from helpers import *  # noqa: F403

np.random.seed(8)  # noqa: F405
