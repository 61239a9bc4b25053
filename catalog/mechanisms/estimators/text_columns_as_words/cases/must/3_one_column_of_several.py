from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

columns = ColumnTransformer([("reason", TfidfVectorizer(min_df=5), "reason")], remainder="passthrough")
model = Pipeline([("columns", columns), ("estimator", LogisticRegression())])
