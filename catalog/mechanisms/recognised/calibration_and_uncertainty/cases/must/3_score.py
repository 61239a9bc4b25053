from sklearn.metrics import brier_score_loss

print(brier_score_loss(y, probabilities))
