from fairlearn.postprocessing import ThresholdOptimizer
from sklearn.linear_model import LogisticRegression

model = ThresholdOptimizer(estimator=LogisticRegression(), constraints="demographic_parity")
