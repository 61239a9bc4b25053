from imblearn.over_sampling import SMOTE
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def train(X, y):
    """make_pipeline(SMOTE(), LogisticRegression()) would fail here."""
    X_train, X_test, y_train, y_test = train_test_split(X, y)
    X_train, y_train = SMOTE().fit_resample(X_train, y_train)
    return make_pipeline(StandardScaler(), LogisticRegression()).fit(X_train, y_train).score(X_test, y_test)
