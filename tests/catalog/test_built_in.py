from __future__ import annotations

from fatesline.catalog import load
from fatesline.curation import check_catalog


def test_the_built_in_catalog_has_no_fault() -> None:
    catalog = load(packages=False, thorough=True)

    assert [str(problem) for problem in check_catalog(catalog) if problem.is_fault] == []


def test_the_built_in_catalog_has_what_was_promised() -> None:
    catalog = load(packages=False)

    assert len(catalog.questions) >= 16
    assert len(catalog.entries) >= 60
    assert len([one for one in catalog.constraints.values() if one.origin in ("written", "required")]) >= 60
    assert all(one.sources for one in catalog.constraints.values() if one.origin in ("written", "required"))
