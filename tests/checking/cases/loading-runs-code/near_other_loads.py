import json

import numpy as np
import skops.io

settings = json.load(open("settings.json"))
table = np.load("table.npy")
model = skops.io.load("model.skops", trusted=[])
