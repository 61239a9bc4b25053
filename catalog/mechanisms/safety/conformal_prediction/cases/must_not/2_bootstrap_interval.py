import numpy as np

# conformal prediction would give an interval for each row, this gives one for the mean
values = np.random.default_rng(0).normal(size=100)
print(np.quantile([np.random.default_rng(i).choice(values, 100).mean() for i in range(500)], [0.05, 0.95]))
