import json

from credit.components import fairness_gate

with open("evidence/group_metrics.json") as file:
    after = json.load(file)
verdict = fairness_gate.decide(after, {"balanced_accuracy": 0.74}, criterion="equalized_odds")
if not verdict["holds"]:
    raise SystemExit(verdict["because"])
