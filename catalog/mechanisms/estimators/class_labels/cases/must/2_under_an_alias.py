import project.components.class_labels as part


def run(table):
    return part.coded(table)
