from project.components import numeric_labels  # noqa: F401
