from sklearn.metrics import accuracy_score


def told(y, decided):
    """Share of right answers; balanced_accuracy_score(y, decided) would weigh classes alike."""
    return accuracy_score(y, decided)
