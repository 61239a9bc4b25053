from claims.components import notice_to_affected_persons

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = notice_to_affected_persons.outline(evidence=evidence, project=project)
print(outline)
