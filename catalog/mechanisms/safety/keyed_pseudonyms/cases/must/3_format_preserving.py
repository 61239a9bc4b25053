import os

import pandas as pd
from ff3 import FF3Cipher

cipher = FF3Cipher(os.environ["KEY"], os.environ["TWEAK"])
visits = pd.read_csv("visits.csv", dtype=str)
visits["patient"] = visits["patient"].map(cipher.encrypt)
print(cipher.encrypt(visits["patient"].iloc[0]))
