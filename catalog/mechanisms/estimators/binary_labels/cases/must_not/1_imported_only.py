from project.components import binary_labels  # noqa: F401
