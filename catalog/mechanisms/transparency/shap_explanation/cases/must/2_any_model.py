from shap import Explainer as Explain
from sklearn.linear_model import LogisticRegression


def explain(model: LogisticRegression, background, rows):
    explainer = Explain(model.predict_proba, background)
    return explainer(rows)


explain(None, None, None)
