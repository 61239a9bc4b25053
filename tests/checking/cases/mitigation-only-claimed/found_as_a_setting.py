import wandb

wandb.init(config=dict(debiased=True, epochs=3))  # finds: W010
