import credit.components.group_smotenc as rows_by_group
from credit.data import CATEGORICAL, NUMERIC, groups


def steps(seed):
    return [("training_rows", rows_by_group.sampler(groups, NUMERIC, CATEGORICAL, seed, most_growth=3))]


print(steps(0))
