from sklearn.tree import DecisionTreeClassifier

model = DecisionTreeClassifier()
