from claims.components import instructions_for_use  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
