"""The whole way on every table of a folder: profile, answers, generate, train, read the evidence; no hand edit.

    python benchmarks/fairness/every_table.py ../shared/data [--tables adult student] [--keep FOLDER]

One training with one split for each table. Before is the same pipeline without mitigation, on the same test rows; both
have bootstrap intervals, and a change whose intervals overlap is no improvement. Memory is the largest resident size of
the process that trains. `run.py` compares five of the tables with references over five seeds.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import yaml


@dataclass(frozen=True)
class Case:
    """A table and what is said of it: target, favourable label or labels or direction, protected attributes."""

    file: str
    target: str
    kind: str
    data: dict[str, object]
    protected: list[object]
    drop: list[str] = field(default_factory=list)


def two(attribute: str, column: str, name: str, members: dict[str, object], others: str) -> dict[str, object]:
    """A protected attribute with one listed group and the rest."""
    return {"attribute": attribute, "column": column, "groups": {name: members}, "other": others}


def labels(favourable: str) -> dict[str, object]:
    """The favourable label; high or low of a number."""
    return {"favourable": favourable}


CASES = {
    "student": Case("student_por.csv", "G3", "numeric_target", labels("high"), ["sex"], ["G1", "G2"]),
    "german": Case(
        "german_credit.csv",
        "credit_risk",
        "binary_target",
        labels("1"),
        [two("sex", "personal_status_sex", "male", {"values": ["A91", "A93", "A94"]}, "female")],
    ),
    "heart": Case("heart_cleveland.csv", "y", "several_classes", labels("0"), ["sex"]),
    "communities": Case(
        "communities_crime.csv.gz",
        "ViolentCrimesPerPop",
        "numeric_target",
        labels("low"),
        [two("race", "racepctblack", "few Black residents", {"below": 0.06}, "more Black residents")],
    ),
    "drugs": Case("drug_consumption.csv.gz", "y", "several_classes", labels("never"), ["race"], ["yhat", "a"]),
    "hmda": Case("hmda_boston_aer.csv", "deny", "binary_target", labels("no"), ["afam"]),
    "resumes": Case("resume_callbacks.csv.gz", "call", "binary_target", labels("1"), ["race", "sex"]),
    "arrests": Case("arrests.csv", "released", "binary_target", labels("Yes"), ["colour", "sex"]),
    "compas": Case(
        "compas_two_years_nopii.csv.gz", "two_year_recid", "binary_target", labels("0"), ["race", "sex"], ["is_recid"]
    ),
    "law": Case("law_school.csv.gz", "pass_bar", "binary_target", labels("1.0"), ["race"]),
    "law_tier": Case("law_school.csv.gz", "tier", "several_classes", labels("6.0"), ["race"], ["pass_bar"]),
    "wages": Case("cps_wages.csv.gz", "earnings", "numeric_target", labels("high"), ["gender"]),
    "credit": Case("credit_default_taiwan.csv.gz", "default payment next month", "binary_target", labels("0"), ["SEX"]),
    "adult_raw": Case("adult_train_raw.csv.gz", "income", "binary_target", labels(" >50K"), ["sex", "race"]),
    "bank": Case(
        "bank_marketing.csv.gz",
        "y",
        "binary_target",
        labels("yes"),
        [two("age", "age", "25 to 59", {"from": 25, "below": 60}, "other ages")],
        ["duration"],
    ),
    "adult": Case("adult.csv.gz", "income", "binary_target", labels(">50K"), ["sex", "race"]),
    "acs_income": Case("acs_income.csv.gz", "PINCP", "binary_target", labels("1"), ["SEX"], ["index"]),
}


def answers(name: str, case: Case) -> dict[str, object]:
    """A study with known groups whose labels may be biased: equal selection, or equal means, and a mitigation."""
    given: dict[str, object] = {
        "kind_of_system": "learns_from_tables",
        "jurisdiction": ["other_jurisdiction"],
        "prohibited_practices": ["none_of_these_practices"],
        "persons_concerned": ["individuals_concerned"],
        "effect_on_people": ["only_minor_effects"],
        "target_kind": case.kind,
        "protected_attributes": "known_for_training_and_test",
        "bias_sources": ["labels_may_be_biased"],
        "explanation_questions": [],
        "explanation_audience": ["developers"],
        "sharing": ["nothing_shared"],
    }
    return {
        "project": {"name": f"{name}_project", "title": f"Benchmark on {name}"},
        "answers": given,
        "choices": {"bias_mitigation": True, "explanation_mechanism": False},
        "data": {**case.data, "protected": case.protected, "drop": case.drop},
    }


def row(name: str, case: Case, data: Path, folder: Path) -> str:
    """A line of the table; a step that fails says so in it."""
    folder.mkdir(parents=True)
    table, written, config, project = (folder / part for part in ("table.csv", "answers.yaml", "fates.yaml", "project"))
    found = pd.read_csv(data / case.file, dtype=str, keep_default_na=False)
    found.loc[:, ~found.columns.duplicated()].to_csv(table, index=False)
    written.write_text(yaml.safe_dump(answers(name, case), allow_unicode=True), encoding="utf-8")
    fates = [sys.executable, "-m", "fatesline"]
    start = time.perf_counter()
    for command in (
        [*fates, "ask", "--data", table, "--target", case.target, "--answers", written, "-o", config],
        [*fates, "generate", config, "-o", project],
    ):
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        if done.returncode:
            return f"| {name} | {len(found):,} | `fates {command[3]}`: {' '.join(done.stderr.split())[:300]} |"
    made = time.perf_counter() - start
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", f"{name}_project.train", str(table)],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "progress.txt").open("w"),
    )
    _, status, usage = os.wait4(child.pid, 0)
    seconds, memory = time.perf_counter() - start, usage.ru_maxrss / 2**20
    if status:
        told = (folder / "progress.txt").read_text().strip().splitlines()[-1:]
        return f"| {name} | {len(found):,} | training failed: {' '.join(told)[:300]} |"
    return f"| {name} | {len(found):,} | {figures(project)} | {made:.0f} | {seconds:.0f} | {memory:.2f} |"


def figures(project: Path) -> str:
    """Performance and the measure of the criterion before and after, and whether it got better."""
    evidence = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (project / "evidence").glob("*.json")
    }
    before, after = evidence["performance"]["before"], evidence["performance"]["after"]
    names = ("accuracy", "balanced_accuracy") if "accuracy" in after else ("r2", "mean_absolute_error")
    performance = " | ".join(f"{before[name]:.3f} → {after[name]:.3f}" for name in names)
    groups = evidence.get("group_metrics") or evidence["group_error"]
    measure = "demographic_parity_difference" if "group_metrics" in evidence else "mean_prediction_difference"
    attribute = next(iter(groups["after"]["measured"]["attributes"]))
    was, now = (groups[state]["measured"]["attributes"][attribute][measure] for state in ("before", "after"))
    if was["value"] is None or now["value"] is None:
        verdict = "cannot tell"
    elif now["high"] < was["low"]:
        verdict = "better"
    elif now["low"] > was["high"]:
        verdict = "worse"
    else:
        verdict = "no clear change"
    gate = next((found for name, found in evidence.items() if name.endswith("_gate")), {"holds": None})
    held = {True: "holds", False: "does not hold", None: "cannot tell"}[gate["holds"]]
    return f"{performance} | {attribute} | {told(was)} | {told(now)} | {verdict} | {held}"


def told(figure: dict[str, float | None]) -> str:
    """A value with its interval."""
    if figure["value"] is None:
        return "cannot tell"
    return f"{figure['value']:.3f} ({figure['low']:.3f}–{figure['high']:.3f})"


HEAD = """\
| table | rows | accuracy, or R² | balanced accuracy, or MAE | attribute | gap before | gap after | mitigation | gate \
| ask and generate, s | train, s | memory, GB |
|---|---|---|---|---|---|---|---|---|---|---|---|"""


def main() -> None:
    """Print a row for each table as soon as it is there."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--tables", nargs="+", choices=CASES, default=list(CASES))
    parser.add_argument("--keep", type=Path, help="where to leave the projects")
    arguments = parser.parse_args()
    print(HEAD, flush=True)
    folder = arguments.keep or Path(tempfile.mkdtemp())
    for name in arguments.tables:
        print(row(name, CASES[name], arguments.data, (folder / name).resolve()), flush=True)
    if arguments.keep is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
