import pandas as pd
from presidio_analyzer import AnalyzerEngine  # noqa: F401

print(len(pd.read_csv("letters.csv")))
