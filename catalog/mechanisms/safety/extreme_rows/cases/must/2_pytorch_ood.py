from pytorch_ood.detector import MaxSoftmax
from pytorch_ood.utils import OODMetrics
from service import network, test_batches

detector, metrics = MaxSoftmax(network()), OODMetrics()
for x, y in test_batches():
    metrics.update(detector(x), y)
print(metrics.compute())
