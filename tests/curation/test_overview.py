from __future__ import annotations

from fatesline.curation import overview, standing
from tests.conftest import CatalogFolder


def test_the_figures_are_those_of_the_files(small: CatalogFolder) -> None:
    found = overview(small.read())

    assert (found.questions, found.options, found.sources) == (2, 3, 2)
    assert found.kinds == {"derived": 1, "requirement": 2, "mechanism": 1}
    assert found.levels == {"law": 1, "method": 1, "preference": 1}
    assert found.definitions == 2
    assert found.features == 2 + 3 + 4 + 3  # questions, options, entries, and the root with two branches


def test_the_configurations_are_counted_and_what_all_of_them_have_is_named(small: CatalogFolder) -> None:
    found = overview(small.read())

    # Things; people whose rows are alike; people whose rows differ, which asks for weights, fairness and reweighing.
    assert found.configurations.exact == 3
    assert found.always == ("fates_project", "context", "kind_of_data", "context_facts", "fates")


def test_a_feature_stands_below_its_parents_beside_its_group_and_under_its_constraints(small: CatalogFolder) -> None:
    catalog = small.read()

    reweighing, personal = standing(catalog, "reweighing"), standing(catalog, "personal_data")

    assert reweighing.path == ("fates_project", "fates", "fairness")
    assert (reweighing.group, reweighing.siblings) == ("mandatory", ())
    assert reweighing.constraints == ("weights-are-cheap",)
    assert (personal.group, personal.siblings) == ("alternative", ("things_only",))
    assert standing(catalog, "fates_project").group == "root"
