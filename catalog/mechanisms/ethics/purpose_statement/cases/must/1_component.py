from claims.components import purpose_statement

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = purpose_statement.outline(evidence=evidence, project=project)
print(outline)
