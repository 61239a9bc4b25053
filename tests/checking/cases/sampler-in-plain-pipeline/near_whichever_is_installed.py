from imblearn.over_sampling import SMOTE
from sklearn.linear_model import LogisticRegression

try:
    from imblearn.pipeline import make_pipeline
except ImportError:
    from sklearn.pipeline import make_pipeline

model = make_pipeline(SMOTE(), LogisticRegression())
