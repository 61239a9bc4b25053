from alibi.explainers import CounterfactualProto
from trained import X_test, X_train, predict

explainer = CounterfactualProto(predict, shape=(1, X_train.shape[1]), use_kdtree=True)
explainer.fit(X_train)
print(explainer.explain(X_test[:1]).cf)
