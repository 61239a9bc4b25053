import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import RobustScaler


def load():
    return pd.read_csv("people.csv")


def scaled(table):
    scaler = RobustScaler()
    return scaler.fit_transform(table)  # finds: W002


def main():
    table = load()
    X = scaled(table.drop(columns="granted"))
    X_train, X_test = train_test_split(X)
    return X_train, X_test


if __name__ == "__main__":
    main()
