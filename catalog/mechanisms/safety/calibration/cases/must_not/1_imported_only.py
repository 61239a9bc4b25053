from sklearn.calibration import calibration_curve  # noqa: F401
from sklearn.metrics import roc_auc_score

print(roc_auc_score([0, 1, 1], [0.1, 0.7, 0.9]))
