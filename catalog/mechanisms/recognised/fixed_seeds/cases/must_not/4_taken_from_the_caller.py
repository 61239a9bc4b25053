from sklearn.utils import check_random_state


def noise(rows, seed=None):
    return check_random_state(seed).normal(size=len(rows))
