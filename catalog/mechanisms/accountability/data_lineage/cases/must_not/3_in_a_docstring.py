"""data_lineage.record(run, table, train, test, folder) is somebody else's task."""
import pandas as pd

# mlflow.log_input(table)
print(pd.read_csv("loans.csv").describe())
