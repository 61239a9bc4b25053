from sklearn.linear_model import LogisticRegression

model = LogisticRegression().fit([[0], [1], [2]], [0, 1, 1])
# A limit moved is given out all the same.
print(model.predict_proba([[0.4]])[0, 1] > 0.6)
