from claims.components import technical_documentation  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
