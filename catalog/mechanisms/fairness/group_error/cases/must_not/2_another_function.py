from project.components import others


def run(table):
    return others.measure(table)
