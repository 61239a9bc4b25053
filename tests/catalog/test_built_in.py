from __future__ import annotations

from fatesline.catalog import load
from fatesline.curation import check_catalog


def test_the_built_in_catalog_has_no_fault() -> None:
    catalog = load(packages=False, thorough=True)

    assert [str(problem) for problem in check_catalog(catalog) if problem.is_fault] == []


def test_the_built_in_catalog_has_what_was_promised() -> None:
    catalog = load(packages=False)

    assert len(catalog.questions) >= 30
    assert len(catalog.entries) >= 250
    assert len([one for one in catalog.constraints.values() if one.origin in ("written", "required")]) >= 260
    assert all(one.sources for one in catalog.constraints.values() if one.origin in ("written", "required"))


def test_everything_in_the_built_in_catalog_cites_a_text() -> None:
    catalog = load(packages=False)
    written = [one for one in catalog.constraints.values() if one.origin in ("written", "required")]

    assert [name for name, entry in catalog.entries.items() if not entry.sources] == []
    assert [question.id for question in catalog.questions if not question.sources] == []
    assert [one.id for one in written if not one.sources] == []
    assert [one.id for one in written if one.level == "law" and one.applies_from is None] == []
