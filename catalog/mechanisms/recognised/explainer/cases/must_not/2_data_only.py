import shap

X, y = shap.datasets.adult()
