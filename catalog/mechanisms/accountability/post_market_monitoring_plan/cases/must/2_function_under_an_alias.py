from claims.components.post_market_monitoring_plan import outline as draft


def documents(evidence, project):
    return [draft(evidence=evidence, project=project)]


documents({}, {"title": "Claims"})
