from credit.components.group_shares import measure as shares
from credit.data import parts


def audit(**limits):
    return shares(*parts(), **limits)["holds"]


print(audit(smallest_ratio=0.9))
