from project.components import class_labels


def run(table):
    return class_labels.coded(table)
