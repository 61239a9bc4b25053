from imblearn.over_sampling import SMOTE as Balance
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline as chain

model = chain(Balance(random_state=0), LogisticRegression())  # finds: W001
