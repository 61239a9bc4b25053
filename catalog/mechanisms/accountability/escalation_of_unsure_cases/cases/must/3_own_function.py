from sklearn.linear_model import LogisticRegression

model = LogisticRegression().fit([[0], [1], [2]], [0, 1, 1])


def queue_for_review(case):
    print(case, "waits for a person")


for case in ([0.4], [1.6]):
    if 0.4 < model.predict_proba([case])[0, 1] < 0.6:
        queue_for_review(case)
