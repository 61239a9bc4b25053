import aif360.algorithms.preprocessing as before
from credit.data import dataset

repaired = before.LFR([{"sex": 0}], [{"sex": 1}], k=5, Az=50).fit_transform(dataset())
