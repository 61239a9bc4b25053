import numpy as np

chosen = np.random.default_rng(3).random(len(rows)) < 0.75
traindf = rows[chosen]
evaldf = rows[~chosen]
