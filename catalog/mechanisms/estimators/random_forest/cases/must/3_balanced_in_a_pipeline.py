from imblearn.ensemble import BalancedRandomForestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

model = make_pipeline(OneHotEncoder(handle_unknown="ignore"), BalancedRandomForestClassifier(n_estimators=200))
