from loans.components import partial_dependence


def explained(model, rows, outcome, folder):
    return partial_dependence.explain(model, rows, outcome, folder, seed=0)


print(explained(None, None, None, None))
