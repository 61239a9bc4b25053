probabilities = model.predict_proba(X)[:, 1]
