"""What is required and not there, what contradicts, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fatesline.catalog.entry import Entry
from fatesline.checking import Finding, Report, check
from fatesline.model import formula
from fatesline.model.configuration import Configuration, Decision
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.reasoning import Reasoner

_MODEL = FeatureModel(
    (
        Feature("root"),
        Feature("people", "root"),
        Feature("mitigation", "root"),
        Feature("reweighing", "mitigation"),
        Feature("thresholds", "mitigation"),
        Feature("estimator", "root"),
        Feature("regression", "estimator"),
        Feature("neighbours", "estimator"),
        Feature("card", "root"),
        Feature("review", "root"),
        Feature("audit", "root"),
        Feature("counting", "audit"),
        Feature("census", "audit"),
    ),
    (
        Group.some("mitigation", ("reweighing", "thresholds")),
        Group.some("audit", ("counting", "census")),
        Group.alternative("estimator", ("regression", "neighbours")),
        Group.mandatory("root", ("estimator",)),
    ),
    (
        Constraint("people-need-mitigation", formula.parse("people => mitigation"), "law"),
        Constraint("people-need-card", formula.parse("people => card & review"), "method"),
        Constraint("weights-need-weights", formula.parse("reweighing => !neighbours"), "technical"),
    ),
)
_RECOGNISED: dict[str, list[dict[str, str]]] = {
    "reweighing": [{"call": "aif360.**.Reweighing"}],
    "thresholds": [{"call": "fairlearn.postprocessing.ThresholdOptimizer"}],
    "regression": [{"call": "sklearn.linear_model.LogisticRegression"}],
    "neighbours": [{"call": "sklearn.neighbors.KNeighborsClassifier"}],
    "counting": [{"call": "shares.count"}],
    "card": [{"file": "MODEL_CARD.md"}],
}
_REGRESSION = "from sklearn.linear_model import LogisticRegression\nLogisticRegression().fit(X, y)\n"
_NEIGHBOURS = "from sklearn.neighbors import KNeighborsClassifier\nKNeighborsClassifier().fit(X, y)\n"
_REWEIGHING = (
    "from aif360.sklearn.preprocessing import Reweighing\nfit(sample_weight=Reweighing('sex').fit_transform(X))\n"
)
_THRESHOLDS = "from fairlearn.postprocessing import ThresholdOptimizer\nThresholdOptimizer(model).fit(X, y)\n"


def _entry(feature: Feature) -> Entry:
    text = {"en": feature.id, "fr": feature.id}
    patterns = _RECOGNISED.get(feature.id, [])
    kind = "mechanism" if patterns else "act" if feature.id in ("review", "census") else "requirement"
    return Entry.model_validate(
        {
            "id": feature.id,
            "title": text,
            "summary": text,
            "parent": feature.parent,
            "kind": kind,
            "recognise": patterns,
        }
    )


_CATALOG: Any = SimpleNamespace(
    model=_MODEL,
    entries={feature.id: _entry(feature) for feature in _MODEL.features if feature.parent},
    constraints={constraint.id: constraint for constraint in _MODEL.constraints},
)


def _solution(*chosen: str, without: tuple[str, ...] = ()) -> Any:
    reasoner = Reasoner(_MODEL)
    decisions = Configuration.choosing(*chosen, without=without)
    completed = reasoner.completion(decisions)
    ordered = tuple(name for name in _MODEL.ids if name in completed)
    return SimpleNamespace(reasoner=reasoner, decisions=decisions, chosen=ordered, waived=())


@pytest.fixture
def checked(project: Callable[..., Path]) -> Callable[..., Report]:
    def report(code: str, solution: Any = None, **files: str) -> Report:
        names = {name.replace("__", "."): text for name, text in files.items()}
        return check(project({"code.py": code, **names}), _CATALOG, solution)

    return report


def _told(report: Report) -> set[tuple[str, str]]:
    return {(finding.id, finding.feature) for finding in report.findings}


def _only(report: Report) -> Finding:
    (finding,) = report.findings
    return finding


def test_without_a_configuration_nothing_is_required(checked: Callable[..., Report]) -> None:
    report = checked(_REGRESSION)

    assert not report.findings
    assert not report.additions
    assert report.configuration["regression"] == Decision(
        "regression", origin="detected", places=report.evidence["regression"].places
    )


def test_nothing_is_missing_where_everything_required_is_shown(checked: Callable[..., Report]) -> None:
    report = checked(_REGRESSION + _REWEIGHING, _solution("people"), MODEL_CARD__md="")

    assert not report.findings
    assert set(report.shown) == {"regression", "reweighing", "card"}


@pytest.mark.parametrize(
    ("code", "files", "lacking"),
    [
        (_REGRESSION + _REWEIGHING, {}, "card"),
        (_REWEIGHING, {"MODEL_CARD__md": ""}, "regression"),
        (_REGRESSION, {"MODEL_CARD__md": ""}, "reweighing"),
    ],
)
def test_exactly_the_one_that_is_not_shown_is_reported(
    checked: Callable[..., Report], code: str, files: dict[str, str], lacking: str
) -> None:
    report = checked(code, _solution("people"), **files)

    assert _told(report) == {("Q002", lacking)}
    assert report.additions == (lacking,)


def test_what_only_people_can_do_is_not_asked_of_code(checked: Callable[..., Report]) -> None:
    report = checked(_REGRESSION + _REWEIGHING, _solution("people"), MODEL_CARD__md="")

    assert "review" in _solution("people").chosen
    assert "review" not in report.additions


def test_one_of_several_ways_is_enough(checked: Callable[..., Report]) -> None:
    solution = _solution("people")

    report = checked(_REGRESSION + _THRESHOLDS, solution, MODEL_CARD__md="")

    assert "thresholds" not in solution.chosen
    assert not report.findings


def test_a_missing_way_is_argued_from_the_requirement_and_names_the_others(checked: Callable[..., Report]) -> None:
    finding = _only(checked(_REGRESSION, _solution("people"), MODEL_CARD__md=""))

    assert finding.argument is not None
    assert [decision.feature for decision in finding.argument.decisions] == ["people"]
    assert finding.parameters["required"] == "mitigation"
    assert finding.ways_out == ("reweighing", "thresholds")
    assert finding.severity == "error"


def test_what_a_method_asks_for_is_a_warning(checked: Callable[..., Report]) -> None:
    assert _only(checked(_REGRESSION + _REWEIGHING, _solution("people"))).severity == "warning"


def test_what_stands_only_in_unreached_code_is_missing_and_shown_there(checked: Callable[..., Report]) -> None:
    code = _REGRESSION + "def _forgotten(X, fit):\n" + "".join(f"    {line}\n" for line in _REWEIGHING.splitlines())

    finding = _only(checked(code, _solution("people"), MODEL_CARD__md=""))

    assert (finding.id, finding.feature, finding.places[0].file) == ("Q001", "reweighing", "code.py")


def test_code_against_an_answer_is_a_contradiction_with_its_argument(checked: Callable[..., Report]) -> None:
    report = checked(_NEIGHBOURS, _solution("reweighing", "regression"))

    contradiction = next(finding for finding in report.findings if finding.id == "Q003")
    assert contradiction.feature == "neighbours"
    assert contradiction.places[0].line == 2
    assert contradiction.argument is not None
    assert {"neighbours"} in [{made.feature for made in repair.give_up} for repair in contradiction.repairs]
    assert {("Q001", "regression"), ("Q002", "reweighing")} <= _told(report)


def test_code_that_has_what_was_ruled_out_is_a_contradiction(checked: Callable[..., Report]) -> None:
    report = checked(_REGRESSION + _THRESHOLDS, _solution(without=("thresholds",)))

    assert _told(report) == {("Q003", "thresholds")}


def test_two_estimators_in_one_project_are_no_contradiction(checked: Callable[..., Report]) -> None:
    assert not checked(_REGRESSION + _NEIGHBOURS, _solution()).findings


def test_components_that_do_not_go_together_are_a_note(checked: Callable[..., Report]) -> None:
    finding = _only(checked(_NEIGHBOURS + _REWEIGHING, _solution()))

    assert (finding.id, finding.severity) == ("Q004", "note")


def test_errors_come_first_and_wiring_is_among_them(checked: Callable[..., Report]) -> None:
    code = (
        "from imblearn.over_sampling import SMOTE\nfrom sklearn.pipeline import make_pipeline\n"
        "from fairlearn.reductions import GridSearch\nmake_pipeline(SMOTE())\n"
    )

    report = checked(code, broken__py="x = (")

    assert [finding.id for finding in report.findings] == ["W001", "R001", "W004", "H001"]


def test_progress_is_told_after_every_file(project: Callable[..., Path]) -> None:
    told: list[tuple[int, int]] = []

    check(project({"a.py": "", "b.py": ""}), _CATALOG, progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 2), (2, 2)]


def test_what_was_only_preferred_is_a_note_where_it_was_planned_and_nothing_elsewhere(
    checked: Callable[..., Report],
) -> None:
    planned, not_planned = _solution(), _solution()
    planned.chosen = (*planned.chosen, "card")
    preferring = FeatureModel(
        _MODEL.features,
        _MODEL.groups,
        (*_MODEL.constraints, Constraint("prefer-card", formula.parse("card"), "preference", weight=50)),
    )
    planned.reasoner = not_planned.reasoner = Reasoner(preferring)

    finding = _only(checked(_REGRESSION, planned))

    assert (finding.id, finding.feature, finding.severity, finding.argument) == ("Q002", "card", "note", None)
    assert not checked(_REGRESSION, not_planned).findings


def test_what_people_do_already_is_not_asked_of_code_because_it_is_preferred(checked: Callable[..., Report]) -> None:
    by_people, by_code = _solution("audit", "census", without=("counting",)), _solution("audit", "counting")
    by_people.decisions = Configuration.choosing("audit", "census")
    preferring = FeatureModel(
        _MODEL.features,
        _MODEL.groups,
        (*_MODEL.constraints, Constraint("prefer-counting", formula.parse("counting"), "preference", weight=50)),
    )
    by_people.reasoner = by_code.reasoner = Reasoner(preferring)

    assert not checked(_REGRESSION, by_people).findings
    assert _told(checked(_REGRESSION, by_code)) == {("Q002", "counting")}
