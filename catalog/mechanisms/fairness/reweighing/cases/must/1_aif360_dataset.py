from aif360.algorithms.preprocessing import Reweighing
from aif360.datasets import GermanDataset
from sklearn.linear_model import LogisticRegression

train, test = GermanDataset().split([0.7], shuffle=True, seed=0)
reweigher = Reweighing(unprivileged_groups=[{"sex": 0}], privileged_groups=[{"sex": 1}])
train = reweigher.fit_transform(train)
model = LogisticRegression(max_iter=1000)
model.fit(train.features, train.labels.ravel(), sample_weight=train.instance_weights)
