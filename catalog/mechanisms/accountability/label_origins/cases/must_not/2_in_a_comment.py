import pandas as pd

# label_origins.check(path, read, "label_from") counts them
table = pd.read_csv("loans.csv")
print(table["label_from"].isna().sum())
