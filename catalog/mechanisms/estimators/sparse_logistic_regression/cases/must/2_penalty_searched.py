import sklearn.linear_model as lm


def searched():
    return lm.LogisticRegressionCV(Cs=20, penalty="l1", solver="saga", max_iter=5000)


model = searched()
