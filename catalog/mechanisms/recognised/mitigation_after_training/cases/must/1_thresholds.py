from fairlearn.postprocessing import ThresholdOptimizer as Optimiser

fair = Optimiser(estimator=model, constraints='equalized_odds', prefit=True).fit(X, y, sensitive_features=sex)
