"""Detectors find what the case files mark, at the line of the mark, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fatesline.catalog.entry import Text
from fatesline.checking import detectors, inventory
from fatesline.checking.detectors import DETECTORS, RULES
from fatesline.checking.findings import _from_problem, _from_sighting

_CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"# finds: (?P<rules>[A-Z]\d{3}(?:, [A-Z]\d{3})*)")


def _marks(case: Path) -> set[tuple[str, str, int | None, int]]:
    found = set()
    for file in sorted(case.rglob("*")) if case.is_dir() else [case]:
        if file.suffix == ".ipynb":
            cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
            texts: list[tuple[int | None, str]] = [(at, "".join(cell["source"])) for at, cell in enumerate(cells)]
        elif file.is_file():
            texts = [(None, file.read_text(encoding="utf-8"))]
        else:
            continue
        name = file.relative_to(case).as_posix() if case.is_dir() else file.name
        for cell, text in texts:
            for line, written in enumerate(text.splitlines(), start=1):
                mark = _MARK.search(written)
                found |= {(rule, name, cell, line) for rule in mark["rules"].split(", ")} if mark else set()
    return found


def _found(case: Path, about: str) -> set[tuple[str, str, int | None, int]]:
    seen = inventory(case)
    findings = [*map(_from_problem, seen.problems), *map(_from_sighting, seen.sightings)]
    # Cases about something else are short, and leave the seeds out.
    told = [finding for finding in findings if finding.id != "H001" or about == finding.slug]
    places = [(finding.id, finding.places[0]) for finding in told]
    return {(rule, place.file, place.cell, place.line) for rule, place in places}


@pytest.mark.parametrize(
    "case", sorted(_CASES.glob("*/[!_.]*")), ids=lambda case: "-".join(case.relative_to(_CASES).parts)
)
def test_exactly_the_marked_lines_are_found(case: Path) -> None:
    assert _found(case, case.parent.name) == _marks(case)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.rule.id)
def test_every_detector_has_three_cases_and_three_near_misses(detector: detectors.Detector) -> None:
    folder = _CASES / detector.rule.slug

    assert len(list(folder.glob("found_*"))) >= 3
    assert len(list(folder.glob("near_*"))) >= 3
    assert all(any(rule == detector.rule.id for rule, *_ in _marks(case)) for case in folder.glob("found_*"))
    assert not any(_marks(case) for case in folder.glob("near_*"))


def test_the_table_lists_every_detector_in_the_folder() -> None:
    modules = {file.stem for file in Path(detectors.__file__).parent.glob("*.py")} - {"__init__", "detector"}

    listed = {detector.in_scope.__module__.rpartition(".")[2] for detector in DETECTORS}
    listed |= {detector.in_project.__module__.rpartition(".")[2] for detector in DETECTORS}
    listed |= {detector.in_module.__module__.rpartition(".")[2] for detector in DETECTORS}
    listed |= {detector.in_file.__module__.rpartition(".")[2] for detector in DETECTORS}

    # What a module shares with other detectors makes no detector of it.
    assert modules - {"samplers"} == listed - {"detector"}


def test_rules_are_told_apart_by_id_and_by_slug() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.slug for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"[A-Z]\d{3}", rule.id) and re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.slug) for rule in RULES)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.rule.id)
def test_the_bad_example_of_a_rule_is_found_and_the_good_one_is_not(
    detector: detectors.Detector, tmp_path: Path
) -> None:
    rule = detector.rule
    imports = (
        "from sklearn.linear_model import LogisticRegression\n"
        "from sklearn.model_selection import train_test_split\n"
        "from sklearn.preprocessing import StandardScaler\n"
        "from sklearn.utils.class_weight import compute_sample_weight\n"
        "from imblearn.over_sampling import SMOTE\n"
        "from sklearn.pipeline import make_pipeline\n"
        "model = LogisticRegression()\n"
        "X, y = load()\n"
    )
    before = imports if rule.example_file.endswith(".py") else ""
    for kind, text in (("bad", rule.bad), ("good", rule.good)):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / rule.example_file).write_text(before + text, encoding="utf-8")

    assert {name for name, *_ in _found(tmp_path / "bad", rule.slug)} == {rule.id}
    assert not _found(tmp_path / "good", rule.slug)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_in_two_languages_what_it_means(rule: detectors.Rule) -> None:
    for text in (rule.title, rule.what, rule.why):
        assert isinstance(text, Text)
        assert text.en != text.fr
    assert not rule.id.startswith(("H", "W")) or rule.sources
