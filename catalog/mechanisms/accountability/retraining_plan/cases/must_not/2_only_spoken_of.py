"""The retraining plan is drafted by retraining_plan.outline(evidence, project) in another repository."""

# TODO(#14): retraining_plan.outline(evidence=evidence, project=project)
print("the retraining plan lies with the legal department")
