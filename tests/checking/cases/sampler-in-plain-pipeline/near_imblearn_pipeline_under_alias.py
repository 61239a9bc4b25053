from imblearn.over_sampling import SMOTE
from imblearn.pipeline import Pipeline as Chain, make_pipeline
from sklearn.linear_model import LogisticRegression

model = Chain([("balance", SMOTE()), ("model", LogisticRegression())])
other = make_pipeline(SMOTE(), LogisticRegression())
