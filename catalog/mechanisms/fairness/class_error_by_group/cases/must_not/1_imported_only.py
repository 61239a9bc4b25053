from project.components import class_error_by_group  # noqa: F401
