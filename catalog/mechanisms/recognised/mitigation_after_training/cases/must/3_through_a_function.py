from aif360.algorithms.postprocessing import RejectOptionClassification


def corrected(valid, predicted):
    return RejectOptionClassification(u, p).fit(valid, predicted)


fair = corrected(valid, predicted)
