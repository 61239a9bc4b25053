from claims.components import notice_to_affected_persons  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
