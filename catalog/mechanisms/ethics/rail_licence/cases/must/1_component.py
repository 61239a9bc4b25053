from claims.components import rail_licence

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = rail_licence.outline(evidence=evidence, project=project)
print(outline)
