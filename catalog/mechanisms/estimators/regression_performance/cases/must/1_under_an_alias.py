from sklearn import metrics as m

error = m.mean_absolute_error([0.5, 1.0], [0.4, 1.1])
