# shap.TreeExplainer(model)
print(model.score(X, y))
