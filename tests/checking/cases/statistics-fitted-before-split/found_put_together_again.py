import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X_train, X_test = load_parts()
rows = pd.concat([X_train, X_test])
rows = pd.DataFrame(StandardScaler().fit_transform(rows))  # finds: W002
fitted, held_out = train_test_split(rows, random_state=0)
