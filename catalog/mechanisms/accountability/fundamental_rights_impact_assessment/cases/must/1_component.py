from claims.components import fundamental_rights_impact_assessment

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = fundamental_rights_impact_assessment.outline(evidence=evidence, project=project)
print(outline)
