from project.components import others


def run(table):
    return others.coded(table)
