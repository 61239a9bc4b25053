from sklearn.metrics import precision_recall_curve

precision, recall, thresholds = precision_recall_curve(y, scores)
predicted = scores > thresholds[3]
