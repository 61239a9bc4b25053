import pickle

with open("model.pkl", "rb") as stream:
    model = pickle.load(stream)  # finds: H002
