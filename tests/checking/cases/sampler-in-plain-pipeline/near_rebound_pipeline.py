from imblearn.over_sampling import SMOTE
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

scaled = Pipeline([("scale", StandardScaler()), ("model", LogisticRegression())])

from imblearn.pipeline import Pipeline

model = Pipeline([("balance", SMOTE()), ("model", LogisticRegression())])
