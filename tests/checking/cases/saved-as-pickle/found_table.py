import pandas as pd

pd.read_csv("people.csv").to_pickle("people.pkl")  # finds: H003
