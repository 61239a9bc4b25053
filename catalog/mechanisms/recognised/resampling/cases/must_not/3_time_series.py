import pandas as pd

hourly = pd.read_csv('loads.csv').resample('h').mean()
