from project.components import group_error_gate  # noqa: F401
