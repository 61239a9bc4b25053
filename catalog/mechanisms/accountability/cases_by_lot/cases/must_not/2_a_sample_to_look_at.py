import pandas as pd

today = pd.read_csv("today.csv")
looked_at = today.sample(frac=0.01)
answers = model.predict(today)
