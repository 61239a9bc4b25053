from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def online_model():
    return make_pipeline(StandardScaler(), SGDClassifier(loss="log_loss", random_state=0))


model = online_model()
