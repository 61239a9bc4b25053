from claims.components import post_market_monitoring_plan  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
