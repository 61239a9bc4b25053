from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

kinds = {"income": "numeric", "duration": "numeric", "debts": "numeric", "assets": "numeric", "rooms": "numeric",
         "age": "numeric", "housing": "category", "sex": "category"}  # fmt: skip
numbers = [name for name in kinds if kinds[name] == "numeric"]
words = [name for name in kinds.keys() if name not in numbers]
columns = ColumnTransformer([("numbers", StandardScaler(), numbers), ("words", OneHotEncoder(), words)])  # finds: H006
model = Pipeline([("columns", columns), ("model", LogisticRegression())])
model.fit(X_train, y_train)
