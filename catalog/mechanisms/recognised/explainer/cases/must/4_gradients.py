from captum.attr import IntegratedGradients

attributions = IntegratedGradients(model).attribute(inputs, target=1)
