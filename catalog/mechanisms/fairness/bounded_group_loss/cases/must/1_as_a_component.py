from project.components import bounded_group_loss


def run(model, groups):
    return bounded_group_loss.bound(model, groups)
