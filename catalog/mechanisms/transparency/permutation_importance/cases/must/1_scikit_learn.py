import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.inspection import permutation_importance
from sklearn.model_selection import train_test_split

loans = pd.read_csv("loans.csv")
X_train, X_test, y_train, y_test = train_test_split(loans[["age", "income"]], loans["granted"], random_state=0)
model = RandomForestClassifier(random_state=0).fit(X_train, y_train)
print(permutation_importance(model, X_test, y_test, n_repeats=10, random_state=0).importances_mean)
