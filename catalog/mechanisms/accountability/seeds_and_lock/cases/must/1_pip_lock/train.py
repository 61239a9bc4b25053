import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

np.random.seed(7)

SEED = 7

loans = pd.read_csv("loans.csv")
X_train, X_test, y_train, y_test = train_test_split(
    loans.drop(columns="granted"), loans["granted"], random_state=SEED
)
model = RandomForestClassifier(random_state=SEED).fit(X_train, y_train)
