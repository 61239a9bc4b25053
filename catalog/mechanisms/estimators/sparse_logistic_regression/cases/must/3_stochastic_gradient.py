from sklearn.linear_model import SGDClassifier

model = SGDClassifier(loss="log_loss", penalty="l1", alpha=1e-3, random_state=0)
