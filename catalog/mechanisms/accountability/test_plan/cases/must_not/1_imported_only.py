from claims.components import test_plan  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
