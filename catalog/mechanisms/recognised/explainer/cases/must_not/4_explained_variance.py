from sklearn.metrics import explained_variance_score

print(explained_variance_score(y, p))
