import project.components.numeric_labels as part


def run(table):
    return part.read(table)
