from claims.components import data_protection_impact_assessment  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
