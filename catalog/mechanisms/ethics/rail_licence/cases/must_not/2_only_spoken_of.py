"""The rail licence is drafted by rail_licence.outline(evidence, project) in another repository."""

# TODO(#14): rail_licence.outline(evidence=evidence, project=project)
print("the rail licence lies with the legal department")
