import project.components.binary_labels as part


def run(table):
    return part.coded(table)
