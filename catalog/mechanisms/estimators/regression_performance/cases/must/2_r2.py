from sklearn.metrics import r2_score


def told(y, predicted):
    return r2_score(y, predicted)
