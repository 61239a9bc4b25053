from project.components import dates_as_numbers  # noqa: F401
