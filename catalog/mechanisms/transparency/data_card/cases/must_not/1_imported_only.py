import pandas as pd
from huggingface_hub import DatasetCard  # noqa: F401

loans = pd.read_csv("loans.csv")
loans.info()
