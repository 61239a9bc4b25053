from sklearn.impute import KNNImputer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsRegressor, NearestNeighbors
from sklearn.pipeline import make_pipeline

model = make_pipeline(KNNImputer(), LogisticRegression(max_iter=1000))
similar = NearestNeighbors(n_neighbors=3)
amount = KNeighborsRegressor()
