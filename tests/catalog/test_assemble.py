from __future__ import annotations

import pytest

from fatesline.errors import UserError
from fatesline.model.features import Group
from fatesline.model.formula import parse
from tests.conftest import CatalogFolder

ALL = "requirements/all.yaml"


def test_the_tree_has_context_then_facts_then_requirements(small: CatalogFolder) -> None:
    model = small.read().model

    assert [(feature.id, feature.parent, feature.abstract) for feature in model.features] == [
        ("fates_project", None, True),
        ("context", "fates_project", True),
        ("kind_of_data", "context", True),
        ("personal_data", "kind_of_data", False),
        ("things_only", "kind_of_data", False),
        ("need_for_weights", "context", True),
        ("rows_differ", "need_for_weights", False),
        ("context_facts", "fates_project", True),
        ("weights_wanted", "context_facts", False),
        ("fates", "fates_project", False),
        ("fairness", "fates", False),
        ("reweighing", "fairness", False),
    ]


def test_questions_come_in_the_order_of_the_sections(small: CatalogFolder) -> None:
    catalog = small.read()

    assert [question.id for question in catalog.questions] == ["kind_of_data", "need_for_weights"]
    assert [section.id for section in catalog.sections] == ["people", "model"]


def test_questions_without_condition_are_mandatory_and_single_ones_alternative(small: CatalogFolder) -> None:
    groups = small.read().model.groups

    assert Group.mandatory("context", ["kind_of_data"]) in groups
    assert Group.alternative("kind_of_data", ["personal_data", "things_only"]) in groups
    assert not [group for group in groups if group.parent == "need_for_weights"]


def test_siblings_of_one_relation_form_one_group(small: CatalogFolder) -> None:
    added = "".join(
        f"  - {{id: {name}, title: {{en: a, fr: b}}, summary: {{en: a, fr: b}}, parent: fairness, relation: {relation},"
        " kind: act}\n"
        for name, relation in [("alt_one", "alternative"), ("or_two", "some"), ("must_one", "mandatory"),
                               ("alt_two", "alternative"), ("free_one", "optional")]
    )  # fmt: skip
    small.write("requirements/more.yaml", f"features:\n{added}")

    groups = [group for group in small.read().model.groups if group.parent == "fairness"]

    assert groups == [
        Group.alternative("fairness", ["alt_one", "alt_two"]),
        Group.some("fairness", ["or_two", "reweighing"]),
        Group.mandatory("fairness", ["must_one"]),
    ]


def test_constraints_say_what_was_written_required_defined_and_asked(small: CatalogFolder) -> None:
    catalog = small.read()

    told = [
        (name, one.origin, one.feature, one.level, one.formula, str(one.place))
        for name, one in catalog.constraints.items()
    ]

    assert told == [
        (
            "need-for-weights-is-asked", "asked", "need_for_weights", "technical",
            parse("need_for_weights <=> personal_data"), "small/context/questions.yaml:11",
        ),
        (
            "when-weights-are-wanted", "definition", "weights_wanted", "technical",
            parse("weights_wanted <=> personal_data & rows_differ"), "small/requirements/all.yaml:24",
        ),
        (
            "fairness-concerns-people", "required", "fairness", "method",
            parse("fairness => weights_wanted"), "small/requirements/all.yaml:14",
        ),
        (
            "people-are-owed-fairness", "written", "", "law",
            parse("weights_wanted => fairness"), "small/constraints/all.yaml:2",
        ),
        ("weights-are-cheap", "written", "", "preference", parse("reweighing"), "small/constraints/all.yaml:7"),
    ]  # fmt: skip
    assert [(one.id, one.formula, one.level, one.weight) for one in catalog.model.constraints] == [
        (one.id, one.formula, one.level, one.weight) for one in catalog.constraints.values()
    ]
    assert catalog.constraints["weights-are-cheap"].weight == 3


def test_a_definition_without_an_id_of_its_own_is_called_after_its_fact(small: CatalogFolder) -> None:
    small.replace(ALL, "    definition: when-weights-are-wanted\n", "")

    assert "weights-wanted-definition" in small.read().constraints


def test_every_feature_has_a_place_and_a_title_in_both_languages(small: CatalogFolder) -> None:
    catalog = small.read()

    told = {
        name: (str(catalog.place(name)), catalog.title(name), catalog.title(name, "fr")) for name in catalog.model.ids
    }

    assert told == {
        "fates_project": ("small/catalog.yaml:1", "Small catalog", "Petit catalogue"),
        "context": ("small/catalog.yaml:1", "Context", "Contexte"),
        "context_facts": (
            "small/catalog.yaml:1", "Facts that follow from the context", "Faits qui découlent du contexte"
        ),
        "kind_of_data": ("small/context/questions.yaml:15", "What are the rows?", "Que sont les lignes ?"),
        "personal_data": ("small/context/questions.yaml:23", "People", "Des personnes"),
        "things_only": ("small/context/questions.yaml:24", "Things", "Des choses"),
        "need_for_weights": (
            "small/context/questions.yaml:5", "Are some rows worth more?", "Certaines lignes valent-elles plus ?"
        ),
        "rows_differ": ("small/context/questions.yaml:14", "Yes", "Oui"),
        "weights_wanted": ("small/requirements/all.yaml:19", "Weights are wanted", "Des poids sont voulus"),
        "fates": ("small/requirements/all.yaml:2", "Requirements", "Exigences"),
        "fairness": ("small/requirements/all.yaml:8", "Fairness", "Équité"),
        "reweighing": ("small/mechanisms/fairness/reweighing/entry.yaml:1", "Reweighing", "Repondération"),
    }  # fmt: skip


def test_unknown_names_are_refused_with_the_nearest_one(small: CatalogFolder) -> None:
    catalog = small.read()

    for asked, message in [
        (lambda: catalog.title("reweihing"), 'there is no feature "reweihing"\n  did you mean "reweighing"?'),
        (lambda: catalog.entry("personal_data"), 'there is no feature "personal_data"'),
        (lambda: catalog.question("kind_of_dat"), 'there is no question "kind_of_dat"\n  did you mean "kind_of_data"?'),
        (lambda: catalog.citation("papers p. 1"), 'there is no source "papers"\n  did you mean "paper"?'),
        (lambda: catalog.place("x"), 'there is no feature "x"'),
        (
            lambda: catalog.targets["sklearn"].slot("training_row"),
            'small/targets/sklearn/target.yaml:1: the target "sklearn" has no slot "training_row"\n'
            '  did you mean "training_rows"?',
        ),
    ]:  # fmt: skip
        with pytest.raises(UserError) as caught:
            asked()
        assert str(caught.value) == message


def test_a_citation_has_a_source_and_where_in_it(small: CatalogFolder) -> None:
    catalog = small.read()

    source, where = catalog.citation("law Art. 10(2)(f)")

    assert (source.title, where) == ("A law", "Art. 10(2)(f)")
    assert catalog.citation("law") == (source, "")
    assert str(catalog.source_places["paper"]) == "small/sources.yaml:2"


def test_old_ids_lead_to_those_of_today(small: CatalogFolder) -> None:
    small.replace("context/questions.yaml", "{id: things_only,", "{id: things_only, formerly: [objects],")
    catalog = small.read()

    assert [catalog.current_id(name) for name in ("reweighting", "objects", "reweighing", "unheard_of")] == [
        "reweighing", "things_only", "reweighing", "unheard_of",
    ]  # fmt: skip


def test_mechanisms_remember_their_folder_and_module(small: CatalogFolder) -> None:
    catalog = small.read()
    folder = small.folder / "mechanisms/fairness/reweighing"

    assert catalog.folders == {"reweighing": folder}
    assert catalog.module("reweighing", "sklearn") == folder / "for_sklearn.py"
    assert catalog.module("fairness", "sklearn") is None


def test_options_know_their_question(small: CatalogFolder) -> None:
    catalog = small.read()

    assert {name: (question.id, option.id) for name, (question, option) in catalog.options.items()} == {
        "personal_data": ("kind_of_data", "personal_data"),
        "things_only": ("kind_of_data", "things_only"),
        "rows_differ": ("need_for_weights", "rows_differ"),
    }


def test_reading_twice_gives_the_same_catalog(small: CatalogFolder) -> None:
    assert small.read() == small.read()
