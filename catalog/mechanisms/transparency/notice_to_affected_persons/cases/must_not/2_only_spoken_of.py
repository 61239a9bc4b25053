"""The notice to affected persons is drafted by notice_to_affected_persons.outline(evidence, project) in another repository."""

# TODO(#14): notice_to_affected_persons.outline(evidence=evidence, project=project)
print("the notice to affected persons lies with the legal department")
