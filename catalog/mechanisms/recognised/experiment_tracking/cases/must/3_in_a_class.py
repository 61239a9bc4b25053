import wandb


class Trainer:
    def __init__(self):
        self.run = wandb.init(project='risk')

    def step(self, loss):
        self.run.log({'loss': loss})
