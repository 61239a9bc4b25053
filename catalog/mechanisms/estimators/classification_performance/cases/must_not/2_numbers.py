from sklearn.metrics import r2_score

score = r2_score([0.5, 1.0], [0.4, 1.1])
