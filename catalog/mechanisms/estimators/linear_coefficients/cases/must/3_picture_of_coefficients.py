from sklearn.linear_model import Lasso
from yellowbrick.model_selection import FeatureImportances

viz = FeatureImportances(Lasso(), absolute=True)
viz.fit([[0.0], [1.0]], [0.0, 1.0])
