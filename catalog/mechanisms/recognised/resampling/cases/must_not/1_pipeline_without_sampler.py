from imblearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

model = Pipeline([('scale', StandardScaler()), ('model', estimator)])
