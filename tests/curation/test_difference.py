from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fatesline.catalog import Catalog, read_catalog
from fatesline.catalog.project import About, Answer, Project
from fatesline.curation import Change, changes, project_difference
from fatesline.errors import UserErrors
from fatesline.solution import Contradiction
from tests.conftest import CatalogFolder

ENTRY = "mechanisms/fairness/reweighing/entry.yaml"
ALL = "requirements/all.yaml"


@pytest.fixture
def old(small: CatalogFolder, tmp_path: Path) -> Catalog:
    """The small catalog as it was before the test changes it."""
    shutil.copytree(small.folder, tmp_path / "old")
    return read_catalog(tmp_path / "old", shown_as="old")


def project(chosen: str = "things_only") -> Project:
    return Project(
        project=About(name="loans", title="Loans"),
        answers={"kind_of_data": Answer(chosen=(chosen,))},
    )


def constraint(name: str, formula: str) -> str:
    return (
        f"constraints:\n  - {{id: {name}, formula: '{formula}', level: method, "
        "because: {en: it is better, fr: cela vaut mieux}, sources: [paper]}\n"
    )


def test_a_catalog_does_not_differ_from_its_copy(old: Catalog, small: CatalogFolder) -> None:
    found = project_difference(project(), old, small.read())

    assert changes(old, small.read()) == ()
    assert (found.required, found.no_longer_required, found.impossible) == ((), (), ())
    assert not found.is_stopped


def test_what_changed_in_an_entry_is_told_key_by_key(old: Catalog, small: CatalogFolder) -> None:
    small.replace(ENTRY, "default: 1.0", "default: 0.5")
    small.replace(ENTRY, "en: Reweighing,", "en: Weights,")

    assert changes(old, small.read()) == (
        Change(
            "entry",
            "reweighing",
            "changed",
            {
                "title": ({"en": "Reweighing", "fr": "Repondération"}, {"en": "Weights", "fr": "Repondération"}),
                "parameters.strength.default": (1.0, 0.5),
            },
        ),
    )


def test_a_constraint_is_added_removed_and_changed(old: Catalog, small: CatalogFolder) -> None:
    small.replace("constraints/all.yaml", "id: weights-are-cheap", "id: weights-cost-little")
    small.replace("constraints/all.yaml", "level: law", "level: method")

    found = {(one.kind, one.id): one.keys for one in changes(old, small.read())}

    assert found == {
        ("changed", "people-are-owed-fairness"): {"level": ("law", "method")},
        ("added", "weights-cost-little"): {},
        ("removed", "weights-are-cheap"): {},
    }


def test_a_new_id_that_names_its_former_one_is_a_renaming(old: Catalog, small: CatalogFolder) -> None:
    small.replace("context/questions.yaml", "{id: things_only,", "{id: only_things, formerly: [things_only],")

    found = [one for one in changes(old, small.read()) if one.part == "option"]

    assert found == [Change("option", "only_things", "renamed", {}, "things_only")]
    assert not project_difference(project(), old, small.read()).is_stopped


def test_a_new_constraint_makes_something_required_with_its_argument(old: Catalog, small: CatalogFolder) -> None:
    small.write("constraints/more.yaml", constraint("things-too", "things_only => fairness"))
    small.replace(ALL, "        formula: weights_wanted", "        formula: weights_wanted | things_only")

    found = project_difference(project(), old, small.read())

    assert [effect.feature for effect in found.required] == ["fairness", "reweighing"]
    assert "things-too" in [rule.id for rule in found.required[0].argument.rules]
    assert found.no_longer_required == ()
    # Fairness was impossible; that it no longer is, is told by its being required.
    assert found.impossible == ()


def test_a_constraint_that_is_gone_requires_nothing_any_more(old: Catalog, small: CatalogFolder) -> None:
    small.replace("constraints/all.yaml", "weights_wanted => fairness", "weights_wanted => fates")

    found = project_difference(project("personal_data"), old, small.read())

    assert [effect.feature for effect in found.no_longer_required] == ["fairness", "reweighing"]
    assert "people-are-owed-fairness" in [rule.id for rule in found.no_longer_required[0].argument.rules]
    assert found.required == ()


def test_a_constraint_that_rules_out_makes_something_impossible(old: Catalog, small: CatalogFolder) -> None:
    small.write("constraints/more.yaml", constraint("no-fairness", "personal_data => !fairness"))
    small.replace("constraints/all.yaml", "weights_wanted => fairness", "weights_wanted => fates")

    found = project_difference(project("personal_data"), old, small.read())

    # Both were required before, so they had been possible.
    assert [effect.feature for effect in found.impossible] == ["fairness", "reweighing"]
    assert "no-fairness" in [rule.id for rule in found.impossible[0].argument.rules]


def test_a_project_that_the_new_catalog_cannot_complete_is_stopped(old: Catalog, small: CatalogFolder) -> None:
    small.write("constraints/more.yaml", constraint("no-things", "!things_only"))

    found = project_difference(project(), old, small.read())

    assert found.is_stopped
    assert isinstance(found.after, Contradiction)


def test_an_answer_that_the_new_catalog_does_not_know_is_told(old: Catalog, small: CatalogFolder) -> None:
    small.replace("context/questions.yaml", "{id: things_only,", "{id: only_things,")

    found = project_difference(project(), old, small.read())

    assert found.is_stopped
    assert '"things_only" is no option of this question' in found.faults[0]
    with pytest.raises(UserErrors, match="things_only"):
        project_difference(project(), small.read(), old)
