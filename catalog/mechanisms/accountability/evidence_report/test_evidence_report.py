from __future__ import annotations

import base64
from html.parser import HTMLParser

import pytest

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
EVIDENCE = {
    "performance": {"before": {"accuracy": 0.8125, "rows": 40}, "after": {"accuracy": 0.75, "rows": 40}},
    "schema_validation": {"holds": True, "because": "all 160 rows fit", "measured": {"columns": 4, "missing": {}}},
    "fairness_gate": {"holds": False, "because": "ratio 0.6 < 0.8", "measured": {"ratio": 0.6}},
    "noise_robustness": {"holds": None, "because": "too few rows"},
    "run": {
        "finished": "2026-11-21T10:00:00+00:00",
        "data": {"file": "loans.csv", "sha256": "d" * 64, "rows": 160},
        "model": {"file": "model.skops", "sha256": "e" * 64},
    },
}
PROJECT = {
    "title": "Loans",
    "purpose": "Rank applications.",
    "language": "en",
    "selected": [
        {"id": "fairness_gate", "title": "Fairness gate", "because": "high stakes", "sources": ["a guideline, F1"]},
    ],
    "people": [{"id": "go_decision", "title": "Decision to go ahead"}],
    "waivers": [],
}


class Page(HTMLParser):
    """Tags in order, their attributes, and all text."""

    VOID = frozenset(("meta", "br", "img"))

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.attributes, self.words = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


@pytest.fixture
def written(component, tmp_path):
    def write(evidence=EVIDENCE, project=PROJECT):
        figures = tmp_path / "figures"
        figures.mkdir(exist_ok=True)
        (figures / "group_metrics.png").write_bytes(PIXEL)
        return Page(component.write(evidence, project, figures, tmp_path / "documents").read_text(encoding="utf-8"))

    return write


def test_every_verdict_stands_beside_its_reason(written):
    page = written()

    for words in (
        "schema validation holds all 160 rows fit",
        "Fairness gate does not hold ratio 0.6 < 0.8",
        "noise robustness cannot tell too few rows",
    ):
        assert words in page.text


def test_the_page_is_whole_and_needs_nothing_from_elsewhere(written):
    page = written()

    assert not page.open
    assert not {"script", "link", "iframe", "object"} & set(page.tags)
    references = [value for name, value in page.attributes if name in ("src", "href")]
    assert references
    assert all(value.startswith("data:image/png;base64,") for value in references)
    assert base64.b64decode(references[0].partition(",")[2]) == PIXEL


def test_pictures_say_what_they_show_to_those_who_do_not_see_them(written):
    page = written()

    assert page.tags.count("img") == [name for name, _ in page.attributes].count("alt") == 1
    assert ("lang", "en") in page.attributes


def test_every_figure_of_the_evidence_is_on_the_page(written):
    text = written().text

    for word in (
        "0.8125",
        "0.75",
        "d" * 64,
        "e" * 64,
        "loans.csv",
        "columns 4",
        "a guideline, F1",
        "Decision to go ahead",
    ):
        assert word in text


def test_names_and_reasons_cannot_become_markup(written):
    hostile = '<script>alert("x")</script>\'"><img src=http://example.org/x onerror=alert(1)>'
    evidence = {**EVIDENCE, hostile: {"holds": True, "because": hostile, "measured": {hostile: [hostile]}}}
    evidence["run"] = {**EVIDENCE["run"], "data": {**EVIDENCE["run"]["data"], "file": hostile}}
    part = {"id": "x", "title": hostile, "because": hostile, "sources": [hostile]}
    project = PROJECT | {"title": hostile, "purpose": hostile, "selected": [part], "people": [part]}

    page = written(evidence, project)

    assert page.tags.count("img") == 1
    assert "script" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert 'alert("x")' in page.text


def test_rules_set_aside_are_told_with_who_answers_for_it(written):
    waiver = {"constraint": "a-rule", "person": "Ada", "reason": "pilot", "until": "2027-01-01"}

    assert "a-rule : Ada, until 2027-01-01. pilot" in written(project=PROJECT | {"waivers": [waiver]}).text.replace(
        "a-rule:", "a-rule :"
    )


def test_a_french_project_gets_a_french_page(written):
    page = written(project=PROJECT | {"language": "fr"})

    assert ("lang", "fr") in page.attributes
    for word in ("Rapport de preuves", "Ce qui tient", "ne tient pas", "indéterminé", "lignes"):
        assert word in page.text
    for word in ("Evidence report", "What holds", "does not hold", "Because"):
        assert word not in page.text


def test_a_french_page_has_the_judged_figures_beside_their_limits_and_marks_what_is_english(written):
    judged = {
        "holds": False,
        "because": "the slice is worse",
        "measured": {
            "excess": {"value": 0.25, "low": 0.15, "high": 0.5},
            "attributes": {"sex": {"ratio": {"value": None, "low": None, "high": None}}},
        },
        "threshold": {"excess": 0.1, "ratio": 0.8},
    }
    page = written(evidence={**EVIDENCE, "fairness_gate": judged}, project=PROJECT | {"language": "fr"})

    assert "excess : 0,25 [0,15 ; 0,5], seuil 0,1" in page.text
    assert "ratio (sex) : indéterminé, seuil 0,8" in page.text
    assert ("lang", "en") in page.attributes
    assert "the slice is worse" in page.text
