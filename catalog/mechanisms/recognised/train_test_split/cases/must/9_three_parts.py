import numpy as np

rows = table.sample(frac=1, random_state=1)
train_rows, validation_rows, test_rows = np.split(rows, [int(0.7 * len(rows)), int(0.9 * len(rows))])
