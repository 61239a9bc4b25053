import joblib
import pandas as pd
from sliceline.slicefinder import Slicefinder

X = pd.read_csv("test.csv")
y = X.pop("granted")
errors = (joblib.load("model.joblib").predict(X) != y).astype(int)
print(Slicefinder(alpha=0.95, k=1, max_l=3, min_sup=50).fit(X, errors).top_slices_)
