import comet_ml

search = comet_ml.Optimizer("search.json")
for experiment in search.get_experiments(project_name="releases"):
    experiment.log_metric("loss", fit(experiment.get_parameter("rate")))
