from imblearn.over_sampling import SMOTE
from sklearn.pipeline import make_pipeline

model = make_pipeline(SMOTE())  # finds: W001
