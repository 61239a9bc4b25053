from project.components import bounded_group_loss  # noqa: F401
