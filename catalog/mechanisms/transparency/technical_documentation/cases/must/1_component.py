from claims.components import technical_documentation

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = technical_documentation.outline(evidence=evidence, project=project)
print(outline)
