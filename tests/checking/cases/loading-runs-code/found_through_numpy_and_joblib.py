import numpy as np
from joblib import load


def read():
    table = np.load("table.npy", allow_pickle=True)  # finds: H002
    return table, load("model.joblib")  # finds: H002
