import sklearn.ensemble as many

model = many.ExtraTreesClassifier()
