from pathlib import Path

import pandas as pd
from skops.io import dumps, get_untrusted_types
from sklearn.ensemble import RandomForestClassifier

X = pd.read_csv("train.csv")
y = X.pop("granted")
content = dumps(RandomForestClassifier(random_state=0).fit(X, y))
print(get_untrusted_types(data=content))
Path("model.skops").write_bytes(content)
