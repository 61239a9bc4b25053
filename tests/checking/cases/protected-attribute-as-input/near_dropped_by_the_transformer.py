from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

columns = make_column_transformer(("drop", ["sex"]), (StandardScaler(), ["income", "racetrack"]))
model = make_pipeline(columns, LogisticRegression())
model.fit(X_train, y_train)
