from diffprivlib import models

model = models.LogisticRegression(epsilon=1.0, data_norm=5).fit(X, y)
