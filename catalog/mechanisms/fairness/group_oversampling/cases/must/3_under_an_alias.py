import credit.components.group_oversampling as rows_by_group
from credit.data import groups


def steps(seed):
    return [("training_rows", rows_by_group.sampler(groups, seed))]


print(steps(0))
