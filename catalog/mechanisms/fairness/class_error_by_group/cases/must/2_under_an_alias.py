import project.components.class_error_by_group as part


def run(table):
    return part.measure(table)
