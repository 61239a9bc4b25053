import joblib  # noqa: F401
import skops.io as sio
from model import trained

sio.dump(trained(), "model.skops")
