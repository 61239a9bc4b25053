import shap

values = shap.TreeExplainer(model).shap_values(X)
shap.summary_plot(values, X)
