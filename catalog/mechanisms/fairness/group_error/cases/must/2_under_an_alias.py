import project.components.group_error as part


def run(table):
    return part.measure(table)
