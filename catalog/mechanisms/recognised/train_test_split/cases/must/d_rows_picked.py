import numpy as np
from datasets import load_dataset

rows = load_dataset('reviews')['train']
few = np.arange(64)
train_rows = rows.select(few)
eval_rows = rows.select(np.setdiff1d(np.arange(len(rows)), few))
