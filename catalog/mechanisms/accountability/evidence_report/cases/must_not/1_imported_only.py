from loans.components import evidence_report

print("no report was written", evidence_report.__name__)
