from fairlearn.reductions import DemographicParity, ExponentiatedGradient
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test, A_train, A_test = train_test_split(X, y, A)
model = ExponentiatedGradient(LogisticRegression(), DemographicParity())
model.fit(X_train, y_train, sensitive_features=A_train)
model.predict(X_test)
