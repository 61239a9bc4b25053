"""Explained with shap.Explainer(model)(X) in the notebook."""

# values = shap.TreeExplainer(model).shap_values(X)
METHOD = "shap.Explainer(model)"
print(METHOD)
