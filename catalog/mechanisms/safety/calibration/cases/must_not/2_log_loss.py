from sklearn.metrics import log_loss

# brier_score_loss would do as well
print(log_loss([0, 1, 1], [0.1, 0.7, 0.9]))
