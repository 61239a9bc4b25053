from sklearn.linear_model import LogisticRegression

model = LogisticRegression(class_weight='balanced').fit(X, y)
