import tensorflow_privacy as tfp

optimiser = tfp.DPKerasSGDOptimizer(l2_norm_clip=1.0, noise_multiplier=0.5, num_microbatches=1, learning_rate=0.1)
