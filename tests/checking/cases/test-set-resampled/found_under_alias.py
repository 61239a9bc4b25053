import imblearn.under_sampling as under
from sklearn.model_selection import train_test_split

def balanced():
    X_train, X_test, y_train, y_test = train_test_split(X, y)
    sampler = under.RandomUnderSampler()
    return sampler.fit_resample(X=X_test, y=y_test)  # finds: W007
