import project.components.group_mean_alignment as part


def run(model, groups):
    return part.align(model, groups)
