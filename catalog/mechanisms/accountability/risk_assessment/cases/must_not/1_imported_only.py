from claims.components import risk_assessment  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
