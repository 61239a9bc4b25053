import pickle as p

with open("model.pkl", "wb") as stream:
    p.dump([1, 2], stream)  # finds: H003
