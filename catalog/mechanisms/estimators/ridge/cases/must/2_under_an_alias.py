import sklearn.linear_model as linear

model = linear.RidgeCV()
