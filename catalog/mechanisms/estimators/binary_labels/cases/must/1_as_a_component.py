from project.components import binary_labels


def run(table):
    return binary_labels.coded(table)
