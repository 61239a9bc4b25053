import sklearn.linear_model as linear
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

model = make_pipeline(StandardScaler(), linear.LassoCV(cv=5))
