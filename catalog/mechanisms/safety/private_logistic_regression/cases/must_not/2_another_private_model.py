import diffprivlib as dp

bayes = dp.models.GaussianNB(epsilon=1.0, bounds=([0, 0], [120, 30]))
mean = dp.tools.mean([1, 2, 3], bounds=(0, 10), epsilon=0.5)
