from sklearn.neural_network import MLPClassifier

# Training stops early; nothing stops the use.
print(MLPClassifier(early_stopping=True))
