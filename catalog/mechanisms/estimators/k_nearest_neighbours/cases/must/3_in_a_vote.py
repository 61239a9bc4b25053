from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

model = VotingClassifier([("near", KNeighborsClassifier()), ("line", LogisticRegression(max_iter=1000))])
