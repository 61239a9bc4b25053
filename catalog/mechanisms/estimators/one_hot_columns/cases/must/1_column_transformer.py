import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

loans = pd.read_csv("loans.csv")
columns = make_column_transformer(
    (StandardScaler(), ["age", "income"]),
    (OneHotEncoder(handle_unknown="ignore"), ["housing", "sex"]),
)
model = make_pipeline(columns, LogisticRegression(max_iter=1000)).fit(loans.drop(columns="granted"), loans["granted"])
