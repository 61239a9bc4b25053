from sklearn.linear_model import LogisticRegression

model = LogisticRegression(class_weight=None).fit(X, y)
