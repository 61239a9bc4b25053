from project.components import class_error_by_group


def run(table):
    return class_error_by_group.measure(table)
