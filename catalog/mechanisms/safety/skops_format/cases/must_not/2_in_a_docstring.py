"""Write the model with skops.io.dump(model, "model.skops") once that is agreed."""
import pickle

from model import trained

# sio.dump(trained(), "model.skops")
with open("model.pkl", "wb") as file:
    pickle.dump(trained(), file)
