from claims.components import post_market_monitoring_plan

evidence: dict[str, dict] = {"performance": {"after": {"accuracy": 0.8}}}
project = {"title": "Claims", "language": "fr"}
outline = post_market_monitoring_plan.outline(evidence=evidence, project=project)
print(outline)
