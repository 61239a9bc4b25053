import pandas as pd
import sklearn.model_selection as selection
from sklearn.ensemble import RandomForestClassifier

table = pd.read_csv("visits.csv")
y, patient = table.pop("ill"), table.pop("patient")
folds = selection.StratifiedGroupKFold(n_splits=5)
print(selection.cross_val_score(RandomForestClassifier(random_state=0), table, y, cv=folds, groups=patient).mean())
