"""Every draft of the catalog: in both languages throughout, about things that exist, with blanks for known roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any, get_args

import pytest

from fatesline.catalog import Catalog, load
from fatesline.catalog.entry import Role
from fatesline.testing import load_component

CATALOG = load(packages=False)
SKELETON = CATALOG.targets["sklearn"].folder / "project" / "package"
DRAFTS = [
    name
    for name, entry in CATALOG.entries.items()
    if any(fill.slot == "draft_document" for fill in entry.code.get("sklearn", ()))
]
by_draft = pytest.mark.parametrize("name", DRAFTS)


def component(name: str) -> ModuleType:
    return load_component(CATALOG.folders[name] / "for_sklearn.py")


def figure(value: float) -> dict[str, float]:
    return {"value": value, "low": value / 2, "high": min(1.0, 2 * value)}


EVIDENCE: dict[str, Any] = {
    "performance": {"after": {"accuracy": 0.8123, "balanced_accuracy": 0.7, "roc_auc": None, "rows": 4321}},
    "fairness_gate": {
        "measured": {"difference": 0.2},
        "threshold": {"difference": 0.1},
        "holds": False,
        "because": "x",
    },
    "group_metrics": {
        "after": {
            "measured": {
                "attributes": {
                    "sex": {
                        "demographic_parity_difference": figure(0.2),
                        "groups": {"women": {"count": 12, "cannot_tell": True, "selection_rate": figure(0.4)}},
                    }
                }
            }
        }
    },
    "run": {
        "finished": "2026-11-21T08:00:00+00:00",
        "seed": 0,
        "python": "3.11.9",
        "code": {"sha256": "c0de"},
        "model": {"sha256": "40de1", "file": "model.skops"},
        "versions": {"numpy": "2.3"},
    },
}


def facts(*, purpose: str = "Rank applications.") -> dict[str, Any]:
    """What a project with everything in it would know: the documents then have all their parts."""

    def part(name: str) -> dict[str, Any]:
        entry = CATALOG.entries[name]
        words = {"id": name, "title": entry.title.en, "summary": entry.summary.en, "because": "asked for"}
        duty = {"sources": ["A law, Art. 1"], "applies_from": None, "responsible": entry.responsible}
        return words | duty | {"phase": entry.phase, "evidence": entry.evidence}

    built = [name for name, entry in CATALOG.entries.items() if entry.code]
    acts = [name for name, entry in CATALOG.entries.items() if not entry.code and entry.kind in ("act", "document")]
    return {
        "title": "Loans",
        "language": "en",
        "purpose": purpose,
        "target": "granted",
        "favourable": "yes",
        "protected": ["sex"],
        "holds": list(CATALOG.model.ids),
        "data": {
            "file": "loans.csv",
            "rows": 9,
            "sha256": "f00d",
            "dropped": {"name": "personal"},
            "missing": {"income": 3},
        },
        "selected": [part(name) for name in built],
        "people": [part(name) for name in acts],
        "answers": [],
        "waivers": [],
        "coming": [],
        "to_settle": [],
    }


def texts(value: object) -> Iterator[tuple[str, ...]]:
    """Every tuple in an outline: they are texts in two languages, and nothing else is."""
    if isinstance(value, tuple):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(key)
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def names_of(table: str) -> set[str]:
    """Keys of a table in the module of the skeleton that writes the documents."""
    source = (SKELETON / "documents.py.jinja").read_text(encoding="utf-8")
    found = re.search(rf"^{table}: .*? = {{(.*?)}}$", source, re.MULTILINE | re.DOTALL)
    assert found is not None
    return set(re.findall(r'"(\w+)": ', found[1]))


@by_draft
def test_every_part_is_one_that_the_project_can_write(name: str) -> None:
    kinds, parts = names_of("WRITERS") | names_of("CHOSEN") | {"part"}, names_of("PARTS")

    for found in component(name).outline(EVIDENCE, facts()):
        [(kind, value)] = found.items()
        assert kind in kinds
        assert kind != "part" or value in parts


@by_draft
@pytest.mark.parametrize("purpose", ["Rank applications.", ""])
def test_every_text_stands_in_english_and_in_french(name: str, purpose: str) -> None:
    outline = component(name).outline(EVIDENCE, facts(purpose=purpose))
    spoken = [part for part in outline if not part.keys() & {"answers", "measures"}]

    for text in texts(spoken):
        english, french = text
        assert english.strip()
        assert french.strip()
        assert not re.search(r"[àâçéèêëîïôûùœ«»]", english), english
        assert not re.search(r"\b(the|and|of|which|with)\b", french), french
        assert not re.search(r"[^\s\u202f][?!;]|\w:(?!\d|//)", french.replace("**", "")), french


@by_draft
def test_no_sentence_stands_in_one_language_only(name: str) -> None:
    """Single texts come from the project, or are names of files and the like."""

    def single(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield from single(key)
                yield from single(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from single(inner)

    given = set(single(facts()))
    roles = set(get_args(Role))
    for part in component(name).outline(EVIDENCE, facts()):
        [(kind, value)] = part.items()
        if kind in ("part", "answers", "measures"):
            continue
        for text in single(value):
            known = text in given or text in roles or all(piece in given for piece in text.split("; "))
            assert known or " " not in text, text


@by_draft
def test_blanks_are_left_to_roles_that_exist(name: str) -> None:
    outline = component(name).outline(EVIDENCE, facts(purpose=""))

    roles = {role for part in outline for role in part.get("open", ())}
    assert roles
    assert roles <= set(get_args(Role))


@by_draft
def test_questions_and_features_that_a_draft_names_are_in_the_catalog(name: str, catalog: Catalog) -> None:
    module = component(name)
    outline = module.outline(EVIDENCE, facts())
    questions = {question.id for question in catalog.questions}

    assert {one for part in outline for one in part.get("answers", ())} <= questions
    assert {one for part in outline for one in part.get("measures", ())} <= set(catalog.model.ids)
    for table in ("RISKS", "FEARED", "RIGHTS", "RESTRICTIONS"):
        for row in (row for row in getattr(module, table, ()) if isinstance(row, tuple)):
            brought_by = {row[0]} if isinstance(row[0], str) else set()
            against = set(row[-1]) if table in ("RISKS", "FEARED") else set()
            assert brought_by | against <= {*catalog.model.ids, ""}, row


@by_draft
def test_every_figure_of_a_draft_is_measured_or_stated_in_its_source(name: str) -> None:
    """Numbers in sentences are articles, dates of law, or limits that the module names as constants."""
    module = component(name)
    constants = {str(value) for key, value in vars(module).items() if key.isupper() and isinstance(value, int | float)}
    constants |= {str(one) for key, value in vars(module).items() if key == "WATCH_HOURS" for one in value}
    law = re.compile(r"(Art\.|Article|Charter|Regulation|\(EU\)|section|point|Annex|SHA-|CRPA|days|hours)")
    outline = module.outline(EVIDENCE, facts())
    for english, _ in (text for text in texts([p for p in outline if not p.keys() & {"answers", "measures"}])):
        numbers = set(re.findall(r"\d+(?:\.\d+)?", english))
        assert not numbers - constants or law.search(english) or re.match(r"\d\. ", english), english
