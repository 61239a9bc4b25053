"""The technical documentation is drafted by technical_documentation.outline(evidence, project) in another repository."""

# TODO(#14): technical_documentation.outline(evidence=evidence, project=project)
print("the technical documentation lies with the legal department")
