from project.components import others


def run(model, groups):
    return others.bound(model, groups)
