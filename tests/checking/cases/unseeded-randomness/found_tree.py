from sklearn.tree import DecisionTreeClassifier

model = DecisionTreeClassifier(max_depth=4)  # finds: H001
model.fit(X, y)
