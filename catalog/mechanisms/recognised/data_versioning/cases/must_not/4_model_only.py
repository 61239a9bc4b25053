import wandb

run = wandb.init(project="releases")
model = wandb.Artifact("releases", type="model")
model.add_file("model.onnx")
run.log_artifact(model)
before = run.use_artifact("releases:latest", type="model")
