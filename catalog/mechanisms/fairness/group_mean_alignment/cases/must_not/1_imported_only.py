from project.components import group_mean_alignment  # noqa: F401
