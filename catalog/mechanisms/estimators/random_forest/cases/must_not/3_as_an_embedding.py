from sklearn.ensemble import RandomTreesEmbedding
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

# instead of RandomForestClassifier(n_estimators=50)
model = make_pipeline(RandomTreesEmbedding(n_estimators=50), LogisticRegression())
