from claims.components import raci_table

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = raci_table.outline(evidence=evidence, project=project)
print(outline)
