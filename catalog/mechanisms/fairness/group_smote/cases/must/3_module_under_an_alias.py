import credit.components.group_smote as rows_by_group
from credit.data import NUMERIC, groups


def steps(seed):
    return [("training_rows", rows_by_group.sampler(groups, NUMERIC, seed, most_growth=3))]


print(steps(0))
