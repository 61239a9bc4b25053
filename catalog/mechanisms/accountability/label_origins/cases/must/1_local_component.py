from pathlib import Path

from credit.components import label_origins
from credit.data import read

print(label_origins.check(Path("loans.csv"), read, origin_column="label_from")["because"])
