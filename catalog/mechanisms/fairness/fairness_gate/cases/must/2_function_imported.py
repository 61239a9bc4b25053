from components.fairness_gate import decide
from evaluation import group_rates, performance

verdict = decide(group_rates("test.csv"), performance("test.csv"), criterion="demographic_parity")
print(verdict["because"])
