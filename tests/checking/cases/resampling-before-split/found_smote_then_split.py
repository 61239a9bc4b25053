import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.model_selection import train_test_split

table = pd.read_csv("people.csv")
y = table.pop("granted")
sampler = SMOTE(random_state=0)
X_more, y_more = sampler.fit_resample(table, y)  # finds: W003
X_train, X_test, y_train, y_test = train_test_split(X_more, y_more)
