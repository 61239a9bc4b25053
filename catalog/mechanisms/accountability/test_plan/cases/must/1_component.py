from claims.components import test_plan

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = test_plan.outline(evidence=evidence, project=project)
print(outline)
