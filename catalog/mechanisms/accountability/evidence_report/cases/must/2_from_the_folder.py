from pathlib import Path

import loans.components.evidence_report as report


def finish(evidence, project):
    return report.write(evidence, project, Path("figures"), Path("out"))


finish({}, {"title": "Loans"})
