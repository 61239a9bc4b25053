from sklearn.linear_model import LogisticRegression

plain = LogisticRegression(max_iter=1000)
close_to_zero = LogisticRegression(penalty="l2", C=0.1)
