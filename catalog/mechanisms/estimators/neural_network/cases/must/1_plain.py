from sklearn.neural_network import MLPClassifier

model = MLPClassifier()
