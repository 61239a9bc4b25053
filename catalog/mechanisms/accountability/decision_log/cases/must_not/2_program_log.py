import logging

from sklearn.linear_model import LogisticRegression

model = LogisticRegression().fit([[0], [1]], [0, 1])
logging.getLogger("loans").info("started with %s", model)
