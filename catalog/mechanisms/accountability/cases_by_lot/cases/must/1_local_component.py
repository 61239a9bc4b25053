import pandas as pd
from loans import settings
from loans.components import cases_by_lot

X = pd.read_csv("today.csv")
results = cases_by_lot.draw(X, model.predict(X), settings.RECORDS, share=0.02)
