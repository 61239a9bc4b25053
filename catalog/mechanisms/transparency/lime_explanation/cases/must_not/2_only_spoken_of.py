"""Explained with lime.lime_tabular.LimeTabularExplainer(X).explain_instance(row, model) in the notebook."""

# explainer = LimeTabularExplainer(X); explainer.explain_instance(X[0], model.predict_proba)
METHOD = "LIME"
print(METHOD)
