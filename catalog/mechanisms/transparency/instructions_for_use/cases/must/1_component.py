from claims.components import instructions_for_use

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = instructions_for_use.outline(evidence=evidence, project=project)
print(outline)
