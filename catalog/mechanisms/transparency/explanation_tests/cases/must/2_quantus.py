import quantus

from attributions import inputs, labels, network, saliency

faithfulness = quantus.FaithfulnessCorrelation(nr_runs=100, subset_size=20)
print(faithfulness(model=network, x_batch=inputs, y_batch=labels, a_batch=saliency, device="cpu"))
