from claims.components import purpose_statement  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
