from sklearn.model_selection import RandomizedSearchCV
from sklearn.neural_network import MLPClassifier

layers = {"hidden_layer_sizes": [(20,), (50, 20)], "alpha": [1e-4, 1e-2]}
search = RandomizedSearchCV(MLPClassifier(early_stopping=True), layers, n_iter=3)
