from fairlearn.metrics import MetricFrame, selection_rate
from imblearn.over_sampling import SMOTE
