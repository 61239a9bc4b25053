"""Train the model on a table, measure what was required of it, and record the evidence.

    python -m release_decisions.train data.csv

The evidence is written to ``evidence/``, one file for each thing that was measured.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from release_decisions import data, documents, evaluate, explain, records, settings
from release_decisions.components import (
    approval_record,
    data_card,
    evidence_report,
    group_shares,
    incident_procedure,
    instructions_for_use,
    leak_free_split,
    model_card,
    notice_to_affected_persons,
    purpose_statement,
    raci_table,
    risk_assessment,
    run_tracking,
    schema_validation,
    seeds_and_lock,
    skops_format,
    technical_documentation,
    test_plan,
    thresholds_fixed_beforehand,
    tradeoff_record,
)
from release_decisions.pipeline import build_baseline, build_model

STARTED = time.monotonic()


def train(path: Path) -> dict[str, dict]:
    """Train, save, measure and document the model.

    Parameters
    ----------
    path : Path
        CSV file.

    Returns
    -------
    dict of str to dict
        Evidence by the id of what it is evidence for; also written to ``evidence/``.
    """
    evidence: dict[str, dict] = {}
    evidence["seeds_and_lock"] = seeds_and_lock.start(seed=settings.SEED, lock="requirements.lock")
    evidence["thresholds_fixed_beforehand"] = thresholds_fixed_beforehand.fix(
        limits=settings.LIMITS, evidence_folder=settings.EVIDENCE
    )

    say(f"reading {path.name}")
    table = data.read(path, settings.COLUMNS)
    evidence["schema_validation"] = schema_validation.check(
        table=table,
        target=settings.TARGET,
        numeric=settings.NUMERIC,
        categorical=settings.CATEGORICAL,
        levels=settings.LEVELS,
        ranges=settings.RANGES,
    )
    train_rows, test_rows = leak_free_split.split(
        table=table,
        target=settings.TARGET,
        labels=data.labels(table),
        person=settings.PERSON,
        seed=settings.SEED,
        test_share=0.3,
    )
    X_train, y_train = data.inputs(train_rows), data.labels(train_rows)
    X_test, y_test = data.inputs(test_rows), data.labels(test_rows)

    say(f"training on {len(X_train):,} rows")
    model = build_model().fit(X_train, y_train)
    model_file = skops_format.save(model=model, folder=settings.MODELS)
    say("training without mitigation, for comparison")
    baseline = build_baseline().fit(X_train, y_train)
    say(f"measuring on {len(X_test):,} rows")
    evidence |= evaluate.measure(model, X_test, y_test, baseline=baseline)
    evidence["group_shares"] = group_shares.measure(
        train_groups=data.group_table(X_train), test_groups=data.group_table(X_test), **settings.LIMITS["group_shares"]
    )
    say("explaining")
    evidence |= explain.explain(model, X_train, X_test)
    evidence["run"] = records.run_facts(path, model_file, table, train_rows, test_rows)
    evidence["approval_record"] = approval_record.look_up(run=evidence["run"], records_folder=settings.RECORDS)

    parameters = {"seed": settings.SEED, "data": evidence["run"]["data"]["sha256"]}
    metrics = evaluate.flat_metrics(evidence)
    artefacts = [model_file]
    evidence["run_tracking"] = run_tracking.track(
        parameters=parameters, metrics=metrics, artefacts=artefacts, folder=settings.ROOT
    )
    records.write(evidence)

    project = records.project_facts(table, evidence["run"])
    closing = documents.closing(evidence, project)
    evidence_report.write(evidence=evidence, project=project, figures=settings.FIGURES, folder=settings.DOCUMENTS)
    data_card.write(evidence=evidence, project=project, closing=closing, folder=settings.DOCUMENTS)
    model_card.write(evidence=evidence, project=project, closing=closing, folder=settings.DOCUMENTS)
    tradeoff_record.write(evidence=evidence, project=project, closing=closing, folder=settings.DOCUMENTS)
    quoted, quoted_project = documents.quoted(evidence), documents.quoted(project)
    outline = incident_procedure.outline(evidence=quoted, project=quoted_project)
    documents.write("incident_procedure", outline, evidence, project)
    outline = raci_table.outline(evidence=quoted, project=quoted_project)
    documents.write("raci_table", outline, evidence, project)
    outline = risk_assessment.outline(evidence=quoted, project=quoted_project)
    documents.write("risk_assessment", outline, evidence, project)
    outline = test_plan.outline(evidence=quoted, project=quoted_project)
    documents.write("test_plan", outline, evidence, project)
    outline = purpose_statement.outline(evidence=quoted, project=quoted_project)
    documents.write("purpose_statement", outline, evidence, project)
    outline = instructions_for_use.outline(evidence=quoted, project=quoted_project)
    documents.write("instructions_for_use", outline, evidence, project)
    outline = notice_to_affected_persons.outline(evidence=quoted, project=quoted_project)
    documents.write("notice_to_affected_persons", outline, evidence, project)
    outline = technical_documentation.outline(evidence=quoted, project=quoted_project)
    documents.write("technical_documentation", outline, evidence, project)
    return evidence


def say(what: str) -> None:
    """Progress, with the seconds since the program began."""
    print(f"{time.monotonic() - STARTED:7.1f} s  {what}", file=sys.stderr, flush=True)


def main() -> int:
    """Train on the file named on the command line."""
    parser = argparse.ArgumentParser(description="Train the model and record the evidence.")
    parser.add_argument("data", type=Path, help="CSV file with a header row")
    arguments = parser.parse_args()
    try:
        evidence = train(arguments.data)
    except (OSError, ValueError) as fault:
        print(f"error: {fault}", file=sys.stderr)
        return 2
    print(evaluate.summary(evidence))
    print(f"evidence: {settings.EVIDENCE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
