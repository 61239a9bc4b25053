from evidently.report import Report  # noqa: F401

print(table.describe())
