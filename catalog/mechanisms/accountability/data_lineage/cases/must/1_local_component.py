from pathlib import Path

from credit import data, records
from credit.components import data_lineage

table = data.read(Path("loans.csv"))
train_rows, test_rows = data.split(table)
run = records.run_facts(Path("loans.csv"), Path("model.skops"), table, train_rows, test_rows)
print(data_lineage.record(run, table, train_rows, test_rows, Path("."))["because"])
