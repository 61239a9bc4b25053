from claims.components import incident_procedure  # noqa: F401

outline = "docs/draft.md"
print("see", outline)
