"""Closeness to a few centres; LFR() or PrototypeRepresentationLearner() would keep the groups alike as well."""

from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

model = make_pipeline(KMeans(n_clusters=10), LogisticRegression())
