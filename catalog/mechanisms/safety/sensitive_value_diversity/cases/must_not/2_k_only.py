import pandas as pd
from pycanon import anonymity

# l_diversity would be the next step
print(anonymity.k_anonymity(pd.read_csv("patients.csv"), ["age", "postcode"]))
