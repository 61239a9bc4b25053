from components.noise_robustness import measure as measure_noise
from data import test_rows
from model import trained

X, y = test_rows()
assert measure_noise(trained(), X, y, ["age"], ["job"], 0)["holds"]
