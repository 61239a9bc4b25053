import openood.evaluation_api as ood
from service import network

print(ood.Evaluator(network(), id_name="cifar10", postprocessor_name="msp").eval_ood())
