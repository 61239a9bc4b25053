from fairlearn.preprocessing import CorrelationRemover, PrototypeRepresentationLearner  # noqa: F401

columns = CorrelationRemover(sensitive_feature_ids=["sex"])
