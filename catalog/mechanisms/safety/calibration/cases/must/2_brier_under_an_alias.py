from sklearn import metrics as m

print(m.brier_score_loss([0, 1, 1], [0.1, 0.7, 0.9]))
