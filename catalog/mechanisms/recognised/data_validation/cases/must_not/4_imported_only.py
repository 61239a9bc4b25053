import pandera as pa  # noqa: F401

print(table.describe())
