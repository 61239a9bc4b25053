import pandas as pd
import sklearn.linear_model as lm

CONFIG = {"C": 0.3, "max_iter": 300}


def train(path):
    table = pd.read_csv(path)
    return lm.LogisticRegression(**CONFIG).fit(table[["age", "income"]], table["granted"])


if __name__ == "__main__":
    train("loans.csv")
