from sklearn.metrics import classification_report

print(classification_report(y, p))
