import hashlib

import pandas as pd

visits = pd.read_csv("visits.csv", dtype=str)
visits["patient"] = visits["patient"].map(lambda text: hashlib.sha256(text.encode()).hexdigest()[:12])
