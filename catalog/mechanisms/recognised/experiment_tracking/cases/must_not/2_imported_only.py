import wandb  # noqa: F401

print(loss)
