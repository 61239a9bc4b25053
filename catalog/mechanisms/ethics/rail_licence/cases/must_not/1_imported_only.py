from claims.components import rail_licence  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
