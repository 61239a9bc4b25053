import sklearn.model_selection as choose


def search(model, values):
    return choose.RandomizedSearchCV(model, values)
