from sklearn.metrics import precision_recall_curve


def threshold(y_test, scores):
    precision, recall, thresholds = precision_recall_curve(y_test, scores)  # finds: W008
    return thresholds[(precision * recall).argmax()]
