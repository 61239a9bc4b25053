from claims.components.fundamental_rights_impact_assessment import outline as draft


def documents(evidence, project):
    return [draft(evidence=evidence, project=project)]


documents({}, {"title": "Claims"})
