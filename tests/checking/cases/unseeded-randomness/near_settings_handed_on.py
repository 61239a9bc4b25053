from sklearn.ensemble import ExtraTreesClassifier


def model(settings):
    return ExtraTreesClassifier(**settings)
