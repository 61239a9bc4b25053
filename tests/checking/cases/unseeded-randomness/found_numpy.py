import numpy as np

noise = np.random.normal(size=100)  # finds: H001
generator = np.random.default_rng()
