from sklearn import metrics as m

score = m.balanced_accuracy_score([0, 1], [0, 1])
