from project.components import group_error  # noqa: F401
