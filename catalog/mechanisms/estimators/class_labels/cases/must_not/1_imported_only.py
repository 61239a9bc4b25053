from project.components import class_labels  # noqa: F401
