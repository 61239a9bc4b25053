# KSDrift(X_ref, p_val=0.05)
predicted = model.predict(X)
