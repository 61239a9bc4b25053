"""Later: evidence_report.write(evidence, project, figures, folder)."""

print("evidence_report.html is not there yet")
