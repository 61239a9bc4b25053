import project.components.bounded_group_loss as part


def run(model, groups):
    return part.bound(model, groups)
