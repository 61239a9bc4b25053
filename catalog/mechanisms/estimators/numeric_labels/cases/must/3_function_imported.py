import pandas as pd

from rents.components.numeric_labels import read
from rents.model import pipeline

table = pd.read_csv("rents.csv")
pipeline().fit(table.drop(columns="rent"), read(table, target="rent"))
