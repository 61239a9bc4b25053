from credit.components import group_shares
from credit.data import test_groups, train_groups

found = group_shares.measure(train_groups(), test_groups(), reference="sex: female 0.51, male 0.49")
print(found["because"])
