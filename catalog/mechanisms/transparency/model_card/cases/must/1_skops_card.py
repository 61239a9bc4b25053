from pathlib import Path

import pandas as pd
from skops.card import Card
from sklearn.ensemble import RandomForestClassifier

loans = pd.read_csv("loans.csv")
model = RandomForestClassifier(random_state=0).fit(loans[["age", "income"]], loans["granted"])
card = Card(model)
card.add(**{"Intended use": "Rank applications; a person decides."})
card.save(Path("README.md"))
