import missingno as gaps
import pandas as pd

gaps.matrix(pd.read_csv("credit.csv")).figure.savefig("gaps.png")
