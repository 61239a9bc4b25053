"""The instructions for use is drafted by instructions_for_use.outline(evidence, project) in another repository."""

# TODO(#14): instructions_for_use.outline(evidence=evidence, project=project)
print("the instructions for use lies with the legal department")
