from claims.components import fundamental_rights_impact_assessment  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
