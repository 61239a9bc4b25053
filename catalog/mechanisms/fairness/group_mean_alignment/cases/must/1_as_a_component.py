from project.components import group_mean_alignment


def run(model, groups):
    return group_mean_alignment.align(model, groups)
