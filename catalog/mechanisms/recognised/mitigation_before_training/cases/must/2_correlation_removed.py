from fairlearn.preprocessing import CorrelationRemover
from sklearn.pipeline import make_pipeline

model = make_pipeline(CorrelationRemover(sensitive_feature_ids=['sex']), estimator)
