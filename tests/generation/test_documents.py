"""The module of a generated project that writes its documents: nothing from outside is markup, nothing open is lost."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from fatesline.catalog import load

SKELETON = load(packages=False).targets["sklearn"].folder / "project" / "package"


def package(folder: Path, language: str) -> ModuleType:
    """``documents.py`` of a project in one language, with the two modules that it needs."""
    name = f"project_in_{language}"
    home = folder / name
    home.mkdir()
    (home / "__init__.py").write_text("")
    (home / "settings.py").write_text("from pathlib import Path\nDOCUMENTS = Path(__file__).parent / 'documents'\n")
    steps = {"draft_document": [{"feature": "plan"}], "write_document": []}
    environment = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False)
    for source, target in (("documents.py.jinja", "documents.py"), (f"words.{language}.py.jinja", "words.py")):
        template = environment.from_string((SKELETON / source).read_text(encoding="utf-8"))
        (home / target).write_text(template.render(steps=steps, package=name), encoding="utf-8")
    return importlib.import_module(f"{name}.documents")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, ModuleType]]:
    folder = tmp_path_factory.mktemp("packages")
    sys.path.insert(0, str(folder))
    yield {language: package(folder, language) for language in ("en", "fr")}
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.startswith("project_in_")]:
        del sys.modules[name]


@pytest.fixture(params=["en", "fr"])
def documents(both: dict[str, ModuleType], request: pytest.FixtureRequest) -> ModuleType:
    return both[request.param]


EVIDENCE: dict[str, Any] = {
    "performance": {"after": {"accuracy": 0.8123, "balanced_accuracy": None, "roc_auc": 0.5, "rows": 4321}},
    "gate": {"measured": {"gap": 0.2}, "threshold": {"gap": 0.1}, "holds": False, "because": "too wide a gap"},
    "run": {"finished": "2026-11-21T08:00:00+00:00"},
}


def facts(**changed: Any) -> dict[str, Any]:
    part = {
        "id": "plan",
        "title": "Plan",
        "summary": "What is planned.",
        "because": "The law wants a plan",
        "sources": ["A law, Art. 9", "Another"],
        "applies_from": "2027-12-02",
        "responsible": "legal",
        "phase": "deployment",
        "evidence": "file",
    }
    known = {"title": "Loans", "purpose": "", "selected": [part], "people": [], "answers": []}
    return {**known, "to_settle": [], "waivers": [], "coming": [], **changed}


def written(documents: ModuleType, outline: list[dict[str, Any]], project: dict[str, Any]) -> str:
    path = documents.write("plan", outline, EVIDENCE, project)
    assert path.name == "plan.md"
    return str(path.read_text(encoding="utf-8"))


def test_a_draft_says_why_it_is_asked_for_with_article_and_day(both: dict[str, ModuleType]) -> None:
    english, french = (written(both[language], [], facts()) for language in ("en", "fr"))

    assert "- **Why it is here**: The law wants a plan\n- **Source**: A law, Art. 9; Another\n" in english
    assert "- **The law asks for it from**: 2 December 2027\n- **To be completed by**: the legal department" in english
    assert "- **Source** : A law, Art. 9 ; Another\n- **Exigé par le droit à partir du** : 2 décembre 2027" in french


def test_blanks_are_marked_with_the_role_and_what_is_missing(both: dict[str, ModuleType]) -> None:
    outline = [{"open": {"legal": ("the basis", "la base"), "everyone": ("names", "les noms")}}]

    assert "**[to be completed by the legal department: the basis]**" in written(both["en"], outline, facts())
    assert "**[à compléter par l'équipe : les noms]**" in written(both["fr"], outline, facts())


def test_figures_are_written_as_in_the_language(both: dict[str, ModuleType]) -> None:
    outline = [{"part": "performance"}, {"facts": {("Tiny", "Infime"): 0.0000123, ("Yes", "Oui"): True}}]
    english, french = (written(both[language], outline, facts()) for language in ("en", "fr"))

    assert "| Accuracy | 0.812 |" in english
    assert "| Balanced accuracy | cannot tell |" in english
    assert "4,321 test rows" in english
    assert "- **Tiny**: 1.2e-05\n- **Yes**: yes" in english
    assert "| Exactitude | 0,812 |" in french
    assert "4\u202f321 lignes" in french
    assert "1,2e-05\n- **Oui** : oui" in french


def test_a_requirement_stands_with_its_figure_its_threshold_and_its_evidence(documents: ModuleType) -> None:
    text = written(documents, [{"part": "checks"}], facts())

    [row] = [line for line in text.splitlines() if "evidence/gate.json" in line]
    assert re.search(r"gap = 0[.,]200 \| gap = 0[.,]100", row)
    assert "too wide a gap" not in text


def test_what_a_threshold_speaks_of_is_shown_first_and_for_every_attribute(both: dict[str, ModuleType]) -> None:
    measured = {"rows": 9, "attributes": {"sex": {"gap": {"value": 0.3, "low": 0.1, "high": 0.5}, "other": 7}}}
    evidence = {**EVIDENCE, "gate": {**EVIDENCE["gate"], "measured": measured}}

    path = both["en"].write("plan", [{"part": "checks"}], evidence, facts())

    assert "| gap (sex) = 0.300; rows = 9 | gap = 0.100 |" in path.read_text(encoding="utf-8")


WAIVER = {
    "constraint": "a-rule",
    "rule": "There must be a plan.",
    "sources": ["A law, Art. 9"],
    "person": "A. Martin",
    "reason": "pilot",
    "until": "2027-01-31",
}


def test_a_waiver_is_told_with_rule_source_person_reason_and_end(both: dict[str, ModuleType]) -> None:
    english, french = (both[language].closing(EVIDENCE, facts(waivers=[WAIVER])) for language in ("en", "fr"))

    said = "There must be a plan. Set aside by A. Martin until 31 January 2027: pilot (a-rule; A law, Art. 9)"
    assert said in english
    assert "Écartée par A. Martin jusqu'au 31 janvier 2027 : pilot" in french
    assert "run out" not in english


def test_a_waiver_that_ran_out_before_the_run_is_told_as_such(both: dict[str, ModuleType]) -> None:
    expired = facts(waivers=[{**WAIVER, "until": "2026-11-20"}])

    assert "**The waiver had run out on the day of this run.**" in both["en"].closing(EVIDENCE, expired)
    assert "**Échue le jour de cette exécution.**" in both["fr"].closing(EVIDENCE, expired)


def test_duties_that_bind_later_than_the_run_are_law_to_come_and_the_others_are_not(
    both: dict[str, ModuleType],
) -> None:
    later = {**facts()["selected"][0], "title": "Later"}
    now = {**later, "title": "Now", "applies_from": "2018-05-25"}
    never = {**later, "title": "Never", "applies_from": None}

    text = both["en"].closing(EVIDENCE, facts(selected=[later, now], people=[never]))

    assert "- from 2 December 2027, provided for already: Later." in text
    assert "Now" not in text
    assert "Never" not in text


def test_law_that_did_not_count_yet_is_told_with_what_it_will_ask(both: dict[str, ModuleType]) -> None:
    law = {
        "applies_from": "2027-12-02",
        "rule": "High risk is managed.",
        "sources": ["A law, Art. 9"],
        "requires": ["Plan", "Test"],
        "excludes": ["Haste"],
        "clashes": True,
    }

    text = both["en"].closing(EVIDENCE, facts(coming=[law]))

    assert (
        "- from 2 December 2027: High risk is managed. It will require: Plan; Test. It will rule out: Haste. " in text
    )
    assert "**It contradicts what was decided here.** (A law, Art. 9)" in text


def test_questions_still_to_settle_are_told_with_who_can(both: dict[str, ModuleType]) -> None:
    question = {"id": "q", "question": "On what basis?", "answers": ["Consent"], "who": "legal"}

    text = both["fr"].closing(EVIDENCE, facts(to_settle=[question]))

    assert "- On what basis? Lu pour l'instant : Consent (à régler avec : legal)." in text


def test_a_document_with_nothing_open_says_so(documents: ModuleType) -> None:
    plain = facts(selected=[])

    assert documents.closing(EVIDENCE, plain).count("\n\n") == 6


@given(st.text(max_size=40))
def test_no_text_from_outside_is_markup(both: dict[str, ModuleType], text: str) -> None:
    quoted = both["en"].quoted(text)

    assert "\n" not in quoted
    bare = re.sub(r"\\.", "", quoted)
    assert not re.search(r"[`*<>\[\]#|~\\]", bare)
    assert not re.match(r"\s*([-+=]|\d+[.)](\s|\Z))", bare)
    # Taking the quoting away gives the text back, on one line.
    assert re.sub(r"\\([^\w\s])|\\(_)", lambda found: found[1] or found[2], quoted) == " ".join(text.split())


@given(st.from_regex(r"[a-z0-9]+(_[a-z0-9]+)*", fullmatch=True), st.dates())
def test_identifiers_and_days_stay_as_they_are(both: dict[str, ModuleType], name: str, day: Any) -> None:
    assert both["en"].quoted({name: [day.isoformat()]}) == {name: [day.isoformat()]}


def test_hostile_names_change_no_layout(documents: ModuleType) -> None:
    hostile = "# [x](http://e.vil) <script>|a|\n- item `c` **b**"
    group = {"count": 40, "selection_rate": {"value": 0.5, "low": 0.4, "high": 0.6}}
    rates = {"group_metrics": {"after": {"measured": {"attributes": {hostile: {"groups": {hostile: group}}}}}}}
    project = facts(title=hostile, answers=[{"id": "q", "question": hostile, "answers": [hostile], "origin": hostile}])

    path = documents.write("plan", [{"part": "groups"}, {"part": "answers"}], {**EVIDENCE, **rates}, project)
    lines = path.read_text(encoding="utf-8").splitlines()

    assert not [line for line in lines if "<script>" in line.replace("\\<script\\>", "")]
    assert not [line for line in lines if line.startswith(("- item", "# \\#", "# [x]"))]
    for line in lines:
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) in (3, 4), line


def test_both_words_files_define_the_same(both: dict[str, ModuleType]) -> None:
    english, french = (sys.modules[f"project_in_{language}.words"] for language in ("en", "fr"))

    assert {name for name in vars(english) if name[0] != "_"} == {name for name in vars(french) if name[0] != "_"}
    assert english.ROLES.keys() == french.ROLES.keys()
    assert english.PHASES.keys() == french.PHASES.keys()
