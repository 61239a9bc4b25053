import fairlearn.preprocessing as fp


def prepared(X_train, X_test):
    remover = fp.CorrelationRemover(sensitive_feature_ids=["sex"])
    return remover.fit_transform(X_train), remover.fit_transform(X_test)  # finds: W009
