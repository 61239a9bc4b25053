from presidio_evaluator.experiment_tracking import LocalExperimentTracker

tracker = LocalExperimentTracker('runs', 'first')
tracker.end()
