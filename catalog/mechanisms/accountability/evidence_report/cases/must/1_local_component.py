from pathlib import Path

from loans.components import evidence_report

evidence = {"performance": {"after": {"accuracy": 0.8}}}
evidence_report.write(evidence, {"title": "Loans"}, Path("figures"), Path("documents"))
