from claims.components import incident_procedure

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = incident_procedure.outline(evidence=evidence, project=project)
print(outline)
