from alibi.prototypes import ProtoSelect
from alibi.utils.kernel import EuclideanDistance
from trained import X_train, y_train

summary = ProtoSelect(kernel_distance=EuclideanDistance(), eps=0.5)
summary.fit(X=X_train, y=y_train)
print(summary.summarise(num_prototypes=10).data["prototypes"])
