from aif360.datasets import AdultDataset
from fairlearn.datasets import fetch_adult

data = AdultDataset()
more = fetch_adult()
