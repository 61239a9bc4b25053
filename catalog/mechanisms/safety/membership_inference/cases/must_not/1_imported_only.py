from art.attacks.inference.membership_inference import MembershipInferenceBlackBox  # noqa: F401
from sklearn.datasets import load_iris
from sklearn.svm import SVC

print(SVC().fit(*load_iris(return_X_y=True)).n_support_)
