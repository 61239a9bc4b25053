from captum.attr import Saliency
from captum.metrics import sensitivity_max

from network import inputs, model

saliency = Saliency(model)
print(sensitivity_max(saliency.attribute, inputs, target=1).mean())
