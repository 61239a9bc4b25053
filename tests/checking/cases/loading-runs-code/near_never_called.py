import pickle


def _old(stream):
    """Reads with pickle.load."""
    return pickle.load(stream)
