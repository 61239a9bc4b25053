from project.components import others


def run(model, groups):
    return others.align(model, groups)
