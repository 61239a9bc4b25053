from claims.components import raci_table  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
