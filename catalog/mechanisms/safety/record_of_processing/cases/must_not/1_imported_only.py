from claims.components import record_of_processing  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
