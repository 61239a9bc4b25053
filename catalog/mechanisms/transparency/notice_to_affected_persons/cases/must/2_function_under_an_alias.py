from claims.components.notice_to_affected_persons import outline as draft


def documents(evidence, project):
    return [draft(evidence=evidence, project=project)]


documents({}, {"title": "Claims"})
