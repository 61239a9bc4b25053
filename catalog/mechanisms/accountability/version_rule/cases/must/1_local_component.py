from credit import records
from credit.components import version_rule

earlier = records.earlier()
print(version_rule.number(earlier["run"], earlier)["measured"]["version"])
