import mlflow
from aif360.algorithms.preprocessing import Reweighing

mlflow.log_param("bias_mitigation", "reweighing")
train = Reweighing(unprivileged_groups=[{"sex": 0}], privileged_groups=[{"sex": 1}]).fit_transform(train)
model.fit(train.features, train.labels, sample_weight=train.instance_weights)
