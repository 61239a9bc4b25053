from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV

search = GridSearchCV(Ridge(), {"alpha": [1, 10]})
