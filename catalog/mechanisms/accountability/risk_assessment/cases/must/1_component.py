from claims.components import risk_assessment

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = risk_assessment.outline(evidence=evidence, project=project)
print(outline)
