import pandas as pd
from sklearn.ensemble import IsolationForest

payments = pd.read_csv("payments.csv")
print(payments[IsolationForest(random_state=0).fit(payments).predict(payments) == -1])
