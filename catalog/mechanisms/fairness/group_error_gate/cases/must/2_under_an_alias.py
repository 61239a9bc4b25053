import project.components.group_error_gate as part


def run(table):
    return part.decide(table)
