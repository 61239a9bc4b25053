from claims.components.instructions_for_use import outline as draft


def documents(evidence, project):
    return [draft(evidence=evidence, project=project)]


documents({}, {"title": "Claims"})
