from project.components import group_error_gate


def run(table):
    return group_error_gate.decide(table)
