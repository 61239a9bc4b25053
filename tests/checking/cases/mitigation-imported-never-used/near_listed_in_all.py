from fairlearn.preprocessing import CorrelationRemover

__all__ = ["CorrelationRemover"]
