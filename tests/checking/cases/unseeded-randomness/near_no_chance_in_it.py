from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, train_test_split

train, test = train_test_split(X, shuffle=False)
model = LogisticRegression().fit(train, KFold(3))
