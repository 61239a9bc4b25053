import pandas as pd
from fairlearn.metrics import MetricFrame, selection_rate
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

table = pd.read_csv("applications.csv")
X, y = table.drop(columns="granted"), table["granted"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LogisticRegression().fit(X_train, y_train)
frame = MetricFrame(
    metrics=selection_rate, y_true=y_test, y_pred=model.predict(X_test), sensitive_features=X_test["sex"]
)
print(frame.by_group)
