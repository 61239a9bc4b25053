from interpret.blackbox import PartialDependence
from sklearn.linear_model import LogisticRegression


class Report:
    def explain_global(self):
        return "a page of prose"


Report().explain_global()
model = LogisticRegression().fit([[0], [1]], [0, 1])
PartialDependence(model, [[0], [1]]).explain_global()
