import pickle

size = len(pickle.dumps({"a": 1}))
