from claims.components import retraining_plan

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = retraining_plan.outline(evidence=evidence, project=project)
print(outline)
