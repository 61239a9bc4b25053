from claims.components import record_of_processing

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = record_of_processing.outline(evidence=evidence, project=project)
print(outline)
