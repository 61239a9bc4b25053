from project.components import group_error


def run(table):
    return group_error.measure(table)
