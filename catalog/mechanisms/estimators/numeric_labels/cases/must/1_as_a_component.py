from project.components import numeric_labels


def run(table):
    return numeric_labels.read(table)
