from claims.components import retraining_plan  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
