import pickle

pickle.dump(model, open('model.pkl', 'wb'))
