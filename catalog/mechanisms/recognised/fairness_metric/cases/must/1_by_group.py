from fairlearn import metrics as fm

frame = fm.MetricFrame(metrics=fm.selection_rate, y_true=y, y_pred=p, sensitive_features=sex)
print(frame.by_group)
