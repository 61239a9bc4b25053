from claims.components.technical_documentation import outline as draft


def documents(evidence, project):
    return [draft(evidence=evidence, project=project)]


documents({}, {"title": "Claims"})
