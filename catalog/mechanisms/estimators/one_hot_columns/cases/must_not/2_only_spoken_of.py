"""OneHotEncoder(handle_unknown="ignore") made 4,000 columns here, so levels are hashed instead."""

from sklearn.feature_extraction import FeatureHasher

# X = pd.get_dummies(X)
hasher = FeatureHasher(n_features=64, input_type="string")
