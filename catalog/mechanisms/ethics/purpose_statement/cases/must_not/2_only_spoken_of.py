"""The purpose statement is drafted by purpose_statement.outline(evidence, project) in another repository."""

# TODO(#14): purpose_statement.outline(evidence=evidence, project=project)
print("the purpose statement lies with the legal department")
