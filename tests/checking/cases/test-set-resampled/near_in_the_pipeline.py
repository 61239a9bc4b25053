from imblearn.over_sampling import SMOTE
from imblearn.pipeline import Pipeline
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y)
model = Pipeline([("sample", SMOTE()), ("model", LogisticRegression())]).fit(X_train, y_train)
model.predict(X_test)
