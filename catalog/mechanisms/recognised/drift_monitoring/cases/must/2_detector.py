from alibi_detect.cd import KSDrift

detector = KSDrift(X_ref, p_val=0.05)
print(detector.predict(X))
