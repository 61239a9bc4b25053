import pandas as pd
from sklearn.linear_model import LogisticRegression


def split(table, time, test_share=0.3):
    later = 1 - table[time].value_counts().sort_index().cumsum() / len(table)
    cut = (later - test_share).abs().idxmin()
    in_test = table[time] > cut
    return table[~in_test], table[in_test]


table = pd.read_csv("loans.csv")
earlier, later = split(table, "year")
model = LogisticRegression().fit(earlier[["income"]], earlier["granted"])
print(model.score(later[["income"]], later["granted"]))
