from credit.components.fairness_gate import decide  # noqa: F401
from credit.evaluation import performance

print(performance())
