from fairlearn.postprocessing import ThresholdOptimizer

groups = table[["sex", "race"]]
ThresholdOptimizer(estimator=model).fit(table[["income"]], table["y"], sensitive_features=groups)
