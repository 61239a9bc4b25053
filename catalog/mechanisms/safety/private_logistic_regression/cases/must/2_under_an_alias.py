import diffprivlib.models as dp


def private(budget: float):
    return dp.LogisticRegression(epsilon=budget, data_norm=2.5, fit_intercept=False)


model = private(0.5)
