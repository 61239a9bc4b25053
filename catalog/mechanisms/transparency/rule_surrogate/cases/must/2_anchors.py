from alibi.explainers import AnchorTabular
from trained import X_test, X_train, predict

explainer = AnchorTabular(predict, feature_names=["age", "income"])
explainer.fit(X_train)
print(explainer.explain(X_test[0], threshold=0.95).anchor)
