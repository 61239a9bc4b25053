from __future__ import annotations

import pytest

from fatesline.curation import check_catalog
from tests.conftest import CatalogFolder

ALL = "requirements/all.yaml"
ENTRY = "mechanisms/fairness/reweighing/entry.yaml"
CONSTRAINTS = "constraints/all.yaml"


def problems(small: CatalogFolder) -> list[str]:
    return [line for problem in check_catalog(small.read()) for line in str(problem).splitlines()]


def constraint(name: str, formula: str, level: str = "method", more: str = "") -> str:
    return (
        f"  - {{id: {name}, formula: '{formula}', level: {level}, because: {{en: a, fr: b}}, sources: [paper]{more}}}\n"
    )


def requirement(name: str, parent: str = "fates", more: str = "", kind: str = "requirement") -> str:
    texts = "title: {en: a, fr: b}, summary: {en: a, fr: b}"
    return f"  - {{id: {name}, {texts}, parent: {parent}, kind: {kind}{more}}}\n"


def test_a_sound_and_complete_catalog_has_no_problem(small: CatalogFolder) -> None:
    assert problems(small) == []


def test_a_catalog_without_any_configuration_is_told_with_the_rules_that_clash(small: CatalogFolder) -> None:
    small.write(
        "constraints/more.yaml",
        "constraints:\n"
        + constraint("no-requirements", "!fates", "technical")
        + constraint("other", "fates | fairness"),
    )

    assert problems(small) == [
        "small/constraints/more.yaml:2: no configuration is possible, because of no-requirements "
        "[contradictory-catalog]"
    ]


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("!reweighing", ['small/requirements/all.yaml:8: the feature "fairness" can never be chosen: ']),
        ("!things_only", ['small/context/questions.yaml:24: the option "things_only" can never be chosen']),
        ("!personal_data", [
            'small/context/questions.yaml:5: the question "need_for_weights" can never be asked',
            'small/context/questions.yaml:23: the option "personal_data" can never be chosen',
        ]),
    ],
)  # fmt: skip
def test_what_can_never_be_chosen_or_asked_is_a_fault(small: CatalogFolder, formula: str, told: list[str]) -> None:
    small.write("constraints/more.yaml", "constraints:\n" + constraint("never", formula, "technical"))

    found = problems(small)

    for start in told:
        assert [line for line in found if line.startswith(start)], (start, found)


def test_of_a_dead_branch_its_top_alone_is_told(small: CatalogFolder) -> None:
    small.write("constraints/more.yaml", "constraints:\n" + constraint("never", "!need_for_weights", "technical"))

    found = [line for line in problems(small) if "dead-" in line]

    assert [line.split('"')[1] for line in found] == ["need_for_weights", "personal_data", "fairness", "weights_wanted"]


def test_what_a_law_rules_out_is_a_remark(small: CatalogFolder) -> None:
    small.write("constraints/more.yaml", "constraints:\n" + constraint("no-things", "!things_only", "law"))

    assert problems(small)[:1] == [
        'small/context/questions.yaml:24: remark: the option "things_only" can never be chosen: no-things '
        "[ruled-out-by-law]"
    ]
    assert [one.is_fault for one in check_catalog(small.read()) if one.rule == "ruled-out-by-law"] == [False]


def test_an_entry_that_only_looks_optional_is_told_unless_it_says_so(small: CatalogFolder) -> None:
    small.write(ALL, small.text(ALL) + requirement("signature", kind="act"))
    small.write("constraints/more.yaml", "constraints:\n" + constraint("always-sign", "signature"))

    assert problems(small) == [
        'small/requirements/all.yaml:27: "signature" is optional, but always holds with "fates": always-sign '
        "[false-optional]",
        "  If that is meant, write `relation: mandatory`.",
    ]

    small.replace(ALL, "kind: act}", "kind: act, relation: mandatory}")

    assert not [line for line in problems(small) if "false-optional" in line]


def test_a_constraint_that_follows_from_others_is_told_with_these(small: CatalogFolder) -> None:
    small.write("constraints/more.yaml", "constraints:\n" + constraint("people-first", "reweighing => personal_data"))

    assert problems(small) == [
        'small/constraints/more.yaml:2: the constraint "people-first" follows from the others: '
        "fairness-concerns-people, when-weights-are-wanted [redundant-constraint]",
        "  Leave it out, or say in its note why it is there.",
    ]


def test_a_note_lets_a_redundant_constraint_stay(small: CatalogFolder) -> None:
    small.write(
        "constraints/more.yaml",
        "constraints:\n" + constraint("people-first", "reweighing => personal_data", more=", note: for readers"),
    )

    assert problems(small) == []


@pytest.mark.parametrize(("level", "is_told"), [("law", False), ("technical", False), ("method", True)])
def test_what_rests_on_something_easier_to_waive_is_not_redundant(
    small: CatalogFolder, level: str, is_told: bool
) -> None:
    # It follows from a constraint of level method, which somebody may waive.
    small.write("constraints/more.yaml", "constraints:\n" + constraint("again", "fairness => weights_wanted", level))

    assert any('"again" follows' in line for line in problems(small)) == is_told


def test_a_requirement_that_nothing_meets_is_a_fault(small: CatalogFolder) -> None:
    small.write(ALL, small.text(ALL) + requirement("quality") + requirement("inner_quality", "quality"))

    assert problems(small) == [
        'small/requirements/all.yaml:27: nothing meets the requirement "quality": no mechanism, document or act '
        "below it or asked for by it [requirement-without-means]",
        'small/requirements/all.yaml:28: nothing meets the requirement "inner_quality": no mechanism, document or act '
        "below it or asked for by it [requirement-without-means]",
    ]


@pytest.mark.parametrize("formula", ["quality => reweighing", "quality => fairness", "quality & fates <=> reweighing"])
def test_a_requirement_is_met_by_what_a_constraint_asks_for_it(small: CatalogFolder, formula: str) -> None:
    small.write(ALL, small.text(ALL) + requirement("quality"))
    small.write("constraints/more.yaml", "constraints:\n" + constraint("by-means", formula))

    assert not [line for line in problems(small) if "requirement-without-means" in line]


def test_a_preference_does_not_meet_a_requirement(small: CatalogFolder) -> None:
    small.write(ALL, small.text(ALL) + requirement("quality"))
    small.write(
        "constraints/more.yaml", "constraints:\n" + constraint("by-luck", "quality => reweighing", "preference")
    )

    assert [line for line in problems(small) if "requirement-without-means" in line]


def test_alternatives_are_met_by_a_mechanism_whose_parameter_they_set(small: CatalogFolder) -> None:
    small.write(
        ALL,
        small.text(ALL)
        + requirement("criterion")
        + requirement("parity", "criterion", ", relation: alternative")
        + requirement("odds", "criterion", ", relation: alternative"),
    )
    small.replace(ENTRY, "strength: {type: number,", "strength: {type: number, chosen_by: criterion,")

    assert not [line for line in problems(small) if "requirement-without-means" in line]


def test_a_requirement_that_is_asked_for_must_be_met_in_every_context(small: CatalogFolder) -> None:
    sound = small.text(ALL)
    asked = "constraints:\n" + constraint("people-ask", "personal_data => quality", "law")
    told = 'the requirement "quality" can be asked for while nothing that meets it is chosen: signature'

    for relation, is_told in (("optional", True), ("some", False), ("mandatory", False)):
        act = requirement("signature", "quality", f", relation: {relation}", "act")
        small.write(ALL, sound + requirement("quality") + act)
        small.write("constraints/more.yaml", asked)

        assert any(told in line for line in problems(small)) == is_told, relation


def test_a_way_to_meet_a_requirement_that_its_context_rules_out_does_not_meet_it(small: CatalogFolder) -> None:
    small.write(
        ALL,
        small.text(ALL)
        + requirement("quality")
        + requirement("signature", "fates", kind="act")
        + requirement("stamp", "fates", kind="act"),
    )
    small.write(
        "constraints/more.yaml",
        "constraints:\n"
        + constraint("people-ask", "personal_data => quality", "law")
        + constraint("by-signature", "quality & rows_differ => signature | stamp"),
    )

    # Where the rows do not differ, nothing follows from the requirement.
    assert [line for line in problems(small) if "unmet-requirement" in line]

    small.write(
        "constraints/more.yaml",
        small.text("constraints/more.yaml") + constraint("by-stamp", "quality & !rows_differ => stamp"),
    )

    assert not [line for line in problems(small) if "unmet-requirement" in line]


def test_a_heading_that_nothing_asks_for_needs_no_means_in_every_context(small: CatalogFolder) -> None:
    small.write(ALL, small.text(ALL) + requirement("house") + requirement("signature", "house", kind="act"))

    assert not [line for line in problems(small) if "unmet-requirement" in line]


def test_a_question_that_no_answer_opens_is_told_with_what_closes_it(small: CatalogFolder) -> None:
    small.replace("context/questions.yaml", "asked_if: personal_data", "asked_if: personal_data & things_only")

    told = [line for line in problems(small) if "dead-question" in line]

    assert len(told) == 1
    assert 'the question "need_for_weights" can never be asked: need-for-weights-is-asked' in told[0]


def test_all_problems_are_told_at_once_by_file_and_line(small: CatalogFolder) -> None:
    small.write(ALL, small.text(ALL) + requirement("quality") + requirement("signature", kind="act"))
    small.write(
        "constraints/more.yaml",
        "constraints:\n"
        + constraint("always-sign", "signature")
        + constraint("never", "!things_only", "technical")
        + constraint("people-first", "reweighing => personal_data"),
    )
    small.write("sources.yaml", small.text("sources.yaml").replace('date: "2012"', 'date: "soon"'))

    rules = [one.rule for one in check_catalog(small.read())]
    places = [(one.place.file, one.place.line) for one in check_catalog(small.read())]

    assert {"dead-option", "false-optional", "redundant-constraint", "requirement-without-means"} <= set(rules)
    assert "undated-source" in rules
    assert places == sorted(places)
    assert all(line > 0 for _, line in places)


def test_texts_that_are_the_same_in_both_languages_are_told_unless_they_are_short(small: CatalogFolder) -> None:
    small.replace(
        ENTRY,
        "{en: Gives rows a weight., fr: Donne un poids aux lignes.}",
        "{en: Gives a weight to rows., fr: Gives a weight to rows.}",
    )
    small.replace(ENTRY, "fr: Repondération", "fr: Reweighing")

    assert problems(small) == [
        'small/mechanisms/fairness/reweighing/entry.yaml:1: the summary of "reweighing" is the same in English and '
        'French: "Gives a weight to rows." [untranslated-text]'
    ]


def test_sources_are_dated_cited_and_read(small: CatalogFolder) -> None:
    small.write(
        "sources.yaml",
        small.text("sources.yaml")
        + 'undated: {title: x, date: "soon", checked: text}\nunread: {title: x, date: "2020-05", checked: recall}\n',
    )
    small.replace(ENTRY, "sources: [paper]", "sources: [paper, unread]")

    assert problems(small) == [
        'small/sources.yaml:3: remark: nothing cites the source "undated" [uncited-source]',
        'small/sources.yaml:3: the date of the source "undated" is "soon" [undated-source]',
        "  Write a year, a month or a day: 2016, 2016-04, 2016-04-27.",
        'small/sources.yaml:4: remark: the source "unread" is cited from memory; nobody has read it for this catalog '
        "[unread-source]",
    ]


def test_mechanisms_with_code_are_recognised_tested_and_have_cases(small: CatalogFolder) -> None:
    folder = small.folder / "mechanisms/fairness/reweighing"
    small.replace(ENTRY, "recognise:\n  - call: aif360.algorithms.preprocessing.Reweighing\n", "")
    (folder / "test_reweighing.py").unlink()
    (folder / "cases/must/1_call.py").unlink()
    (folder / "cases/must_not/1_import.py").rename(folder / "cases/must_not/.hidden")

    assert problems(small) == [
        f"small/mechanisms/fairness/reweighing/entry.yaml:1: {told}"
        for told in [
            '"reweighing" has no case in which it must be recognised: cases/must/ is empty [missing-case]',
            '"reweighing" has no case in which it must not be recognised: cases/must_not/ is empty [missing-case]',
            '"reweighing" has code, but no pattern that recognises it [unrecognised-mechanism]',
            '"reweighing" has no test: test_reweighing.py is missing [untested-mechanism]',
        ]
    ]


def test_a_definition_in_a_circle_is_told_once(small: CatalogFolder) -> None:
    facts = "".join(
        requirement(name, "context_facts", f", defined_as: '{formula}'", "derived")
        for name, formula in [
            ("fact_one", "fact_two | personal_data"),
            ("fact_two", "fact_one"),
            ("fact_three", "fact_two"),
        ]
    )
    small.write(ALL, small.text(ALL) + facts)

    told = [line for line in problems(small) if "circular" in line]

    assert told == [
        "small/requirements/all.yaml:27: defined by itself: fact_one > fact_two > fact_one [circular-definition]"
    ]


def test_checking_twice_says_the_same(small: CatalogFolder) -> None:
    small.write("constraints/more.yaml", "constraints:\n" + constraint("never", "!need_for_weights", "technical"))
    catalog = small.read()

    assert check_catalog(catalog) == check_catalog(catalog)
