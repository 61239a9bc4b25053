import pandas as pd
from lime.lime_tabular import LimeTabularExplainer

loans = pd.read_csv("loans.csv")
# An explainer that explains no row.
explainer = LimeTabularExplainer(loans[["age"]].to_numpy())
