import mlflow

best = mlflow.search_runs(experiment_names=['loans'], order_by=['metrics.auc DESC'], max_results=1)
