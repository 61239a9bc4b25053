from diffprivlib.models import LogisticRegression as PrivateLogisticRegression  # noqa: F401
from sklearn.linear_model import LogisticRegression

model = LogisticRegression(C=1.0)
