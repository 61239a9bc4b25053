from sklearn.linear_model import SGDClassifier
from sklearn.svm import LinearSVC

machine = LinearSVC(penalty="l1", dual=False)
hinge = SGDClassifier(loss="hinge", penalty="l1", random_state=0)
