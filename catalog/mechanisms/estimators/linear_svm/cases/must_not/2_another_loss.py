from sklearn.linear_model import SGDClassifier

model = SGDClassifier(loss="log_loss")
