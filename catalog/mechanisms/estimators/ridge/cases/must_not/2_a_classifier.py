from sklearn.linear_model import RidgeClassifier

model = RidgeClassifier()
