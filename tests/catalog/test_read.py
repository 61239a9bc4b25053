from __future__ import annotations

import contextlib
import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fatesline.catalog import read, read_catalog
from fatesline.errors import UserError
from tests.conftest import FILES, CatalogFolder

ENTRY = "mechanisms/fairness/reweighing/entry.yaml"
MODULE = "mechanisms/fairness/reweighing/for_sklearn.py"
ALL = "requirements/all.yaml"
QUESTIONS = "context/questions.yaml"


def test_the_small_catalog_is_whole(small: CatalogFolder) -> None:
    catalog = small.read()

    assert list(catalog.entries) == ["fates", "fairness", "weights_wanted", "reweighing"]


@pytest.mark.parametrize(
    ("path", "old", "new", "faults"),
    [
        (ALL, "parent: fates\n", "parent: fats\n", [
            '@11: features[fairness].parent: there is no feature "fats"; did you mean "fates"?',
        ]),
        (ALL, "parent: fates_project", "parent: fairness", [
            "@5: features[fates].parent: features are their own ancestors: "
            "fates > fairness > fates",
        ]),
        (ALL, "parent: context_facts", "parent: fates", [
            '@22: features[weights_wanted].parent: derived facts hang below "context_facts"',
        ]),
        (ALL, "parent: fates\n", "parent: personal_data\n", [
            '@11: features[fairness].parent: "personal_data" belongs to the questions; '
            'facts about the context hang below "context_facts"',
        ]),
        (ALL, "kind: derived", "kind: derived\n    relation: mandatory", [
            "@24: features[weights_wanted].relation: a derived fact is optional: "
            "its definition decides it",
        ]),
        (ALL, "kind: derived\n    defined_as: personal_data & rows_differ", "kind: requirement", [
            "@24: features[weights_wanted].definition: only derived facts have a definition",
        ]),
        (ALL, "personal_data & rows_differ", "personal_data & row_differ", [
            '@24: features[weights_wanted].defined_as: there is no feature "row_differ"; '
            'did you mean "rows_differ"?',
        ]),
        (ALL, "personal_data & rows_differ", "personal_data && rows_differ", [
            '@24: features[weights_wanted].defined_as: column 16: "&" stands where a feature '
            "is expected",
        ]),
        (ALL, "formula: weights_wanted", "formula: weights_wished", [
            "@15: features[fairness].requires[fairness-concerns-people].formula: "
            'there is no feature "weights_wished"; did you mean "weights_wanted"?',
        ]),
        (ALL, "sources: [paper p. 3]", "sources: [papr p. 3]", [
            "@18: features[fairness].requires[fairness-concerns-people].sources[0]: "
            'there is no source "papr"; did you mean "paper"?',
        ]),
        (ALL, "sources: [paper p. 3]", "sources: []", [
            "@18: features[fairness].requires[fairness-concerns-people].sources: "
            "must have at least 1 item",
        ]),
        (ALL, "fr: Équité}", "}", [
            "@9: features[fairness].title.fr: is missing",
        ]),
        (ALL, "fr: Équité}", "fr: ''}", [
            "@9: features[fairness].title.fr: must not be empty",
        ]),
        (ALL, "id: weights_wanted", "id: fairness", [
            'small/constraints/all.yaml:3: constraints[people-are-owed-fairness].formula: there is no feature '
            '"weights_wanted"',
            "@15: features[fairness].requires[fairness-concerns-people].formula: "
            'there is no feature "weights_wanted"',
            '@19: features[fairness]: there is already the entry "fairness", in '
            "@8",
        ]),
        (QUESTIONS, "{id: things_only", "{id: fairness", [
            'small/requirements/all.yaml:8: there is already a feature "fairness", in @24',
        ]),
        (QUESTIONS, "section: people", "section: peple", [
            '@16: questions[kind_of_data].section: there is no section "peple"; '
            'did you mean "people"?',
        ]),
        (QUESTIONS, "asked_if: personal_data", "asked_if: (personal_data", [
            '@11: questions[need_for_weights].asked_if: column 1: "(" is never closed',
        ]),
        (QUESTIONS, "protective: [personal_data]", "protective: [nobody]", [
            '@15: questions[kind_of_data]: protective names "nobody", which is no option of '
            "this question",
        ]),
        (ENTRY, "id: reweighing", "id: weighing", [
            "small/constraints/all.yaml:8: constraints[weights-are-cheap].formula: there is no feature \"reweighing\"; "
            'did you mean "weighing"?',
            '@1: id: the folder is called "reweighing", the entry '
            '"weighing"',
        ]),
        (ENTRY, "slot: training_rows", "slot: trainig_rows", [
            '@13: code.sklearn[0].slot: the target "sklearn" has no slot '
            '"trainig_rows"; did you mean "training_rows"?',
        ]),
        (ENTRY, "function: reweigh}", "function: reweight}", [
            "@13: code.sklearn[0].function: for_sklearn.py has no function "
            '"reweight"; did you mean "reweigh"?',
        ]),
        (ENTRY, "  sklearn:", "  sclearn:", [
            '@12: code.sclearn: there is no target "sclearn"; '
            'did you mean "sklearn"?',
        ]),
        (ENTRY, "  strength: {", "  power: {type: number, help: {en: a, fr: b}}\n  strength: {", [
            "@10: parameters.power: no function of for_sklearn.py that "
            "fills a slot takes it",
        ]),
        (ENTRY, "  strength: {", "  seed: {type: integer, help: {en: a, fr: b}}\n  strength: {", [
            '@10: parameters.seed: the slot "training_rows" already offers '
            "an argument of this name",
            "@10: parameters.seed: no function of for_sklearn.py that "
            "fills a slot takes it",
        ]),
        (ENTRY, "default: 1.0", "default: 1.5", [
            "@10: parameters.strength.default: 1.5 is more than the "
            "maximum 1",
        ]),
        (ENTRY, "default: 1.0", "default: much", [
            "@10: parameters.strength.default: much is not of type number",
        ]),
        (ENTRY, "type: number", "type: choice", [
            "@10: parameters.strength.choices: choices belong to parameters "
            "of type choice, and each of them has some",
        ]),
        (ENTRY, "maximum: 1,", "maximum: 1, chosen_by: fairnes,", [
            "@10: parameters.strength.chosen_by: there is no feature "
            '"fairnes"; did you mean "fairness"?',
        ]),
        (ENTRY, "maximum: 1,", "maximum: 1, chosen_by: fairness,", [
            '@10: parameters.strength.chosen_by: "fairness" has no '
            "alternatives below it to choose from",
        ]),
        (ENTRY, "formerly: [reweighting]", "formerly: [fates, old, old]", [
            '@7: formerly[0]: "fates" is an id of today, in '
            "small/requirements/all.yaml:2",
            '@7: formerly[2]: "reweighing" was formerly called "old", too',
        ]),
        (ENTRY, "kind: mechanism", "kind: mechnism", [
            '@6: kind: must be "context", "derived", "requirement", '
            '"mechanism", "document" or "act", not "mechnism"; did you mean "mechanism"?',
        ]),
        (ENTRY, "kind: mechanism", "kind: requirement", [
            "@1: code belongs to mechanisms and documents",
        ]),
        (MODULE, "groups, strength", "group, strength", [
            '@4: reweigh(): the argument "group" is no parameter of the '
            'entry and not offered by the slot "training_rows" (groups, seed); did you mean "groups"?',
        ]),
        (MODULE, "groups, strength", "groups, strength, **more", [
            "@4: reweigh(): arguments are passed by name, so each needs "
            "one",
        ]),
        (MODULE, "def reweigh(", "def reweigh(:", [
            "@4: this is not Python: invalid syntax",
        ]),
        ("constraints/all.yaml", "id: weights-are-cheap", "id: fairness-concerns-people", [
            '@7: constraints[fairness-concerns-people].id: there is already a constraint '
            '"fairness-concerns-people", in small/requirements/all.yaml:14',
        ]),
        ("constraints/all.yaml", "id: weights-are-cheap", "id: when-weights-are-wanted", [
            '@7: constraints[when-weights-are-wanted].id: there is already a constraint '
            '"when-weights-are-wanted", in small/requirements/all.yaml:24',
        ]),
        ("constraints/all.yaml", "level: law", "level: legal", [
            '@4: constraints[people-are-owed-fairness].level: must be "law", "technical", '
            '"method" or "preference", not "legal"',
        ]),
        ("sources.yaml", "paper:", "papers:", [
            'small/constraints/all.yaml:12: constraints[weights-are-cheap].sources[0]: there is no source "paper"; '
            'did you mean "papers"?',
            'small/context/questions.yaml:9: questions[need_for_weights].sources[0]: there is no source "paper"; '
            'did you mean "papers"?',
            'small/mechanisms/fairness/reweighing/entry.yaml:8: sources[0]: there is no source "paper"; '
            'did you mean "papers"?',
            "small/requirements/all.yaml:18: features[fairness].requires[fairness-concerns-people].sources[0]: "
            'there is no source "paper"; did you mean "papers"?',
        ]),
        ("targets/sklearn/target.yaml", "id: sklearn", "id: sk_learn", [
            'small/mechanisms/fairness/reweighing/entry.yaml:12: code.sklearn: there is no target "sklearn"; '
            'did you mean "sk_learn"?',
            '@1: id: the folder is called "sklearn", the target "sk_learn"',
        ]),
        ("catalog.yaml", "languages: [en, fr]", "languages: [en, de]", [
            '@3: languages[1]: must be "en" or "fr", not "de"',
        ]),
    ],
)  # fmt: skip
def test_each_fault_is_said_with_its_line_and_the_nearest_known_word(
    small: CatalogFolder, path: str, old: str, new: str, faults: list[str]
) -> None:
    small.replace(path, old, new)

    assert small.faults() == [fault.replace("@", f"small/{path}:") for fault in faults]


def test_the_faults_of_all_files_are_said_at_once_by_file_and_line(small: CatalogFolder) -> None:
    small.replace(ALL, "parent: fates\n", "parent: fats\n")
    small.replace(QUESTIONS, "why: {en: People have rights.,", "wy: {en: People have rights.,")
    small.write("sources.yaml", "law: {title: [")
    small.write(MODULE, "")

    assert small.faults() == [
        "small/context/questions.yaml:15: questions[kind_of_data].why: is missing",
        'small/context/questions.yaml:18: questions[kind_of_data].wy: there is no such key; did you mean "why"?',
        "small/mechanisms/fairness/reweighing/entry.yaml:13: code.sklearn[0].function: for_sklearn.py has no function "
        '"reweigh"',
        "small/sources.yaml:2:1: this is not YAML: did not find expected node content",
    ]


def test_what_a_faulty_file_declares_is_not_called_unknown(small: CatalogFolder) -> None:
    small.replace(ALL, "kind: derived", "kind: derved")

    assert small.faults() == [
        'small/requirements/all.yaml:23: features[weights_wanted].kind: must be "context", "derived", "requirement", '
        '"mechanism", "document" or "act", not "derved"; did you mean "derived"?'
    ]


def test_an_entry_that_cannot_be_read_is_known_by_its_folder(small: CatalogFolder) -> None:
    small.write(ENTRY, "id: [")

    assert [fault.split(" ")[0] for fault in small.faults()] == ["small/mechanisms/fairness/reweighing/entry.yaml:2:1:"]


def test_a_missing_component_is_a_fault_of_its_entry(small: CatalogFolder) -> None:
    (small.folder / MODULE).unlink()

    assert small.faults() == [
        "small/mechanisms/fairness/reweighing/entry.yaml:12: code.sklearn: there is no for_sklearn.py beside the entry"
    ]


def test_code_outside_a_folder_of_its_own_is_a_fault(small: CatalogFolder) -> None:
    small.replace(ALL, "kind: requirement\n    requires", "kind: mechanism\n    code: {sklearn: []}\n    requires")

    assert small.faults() == [
        "small/requirements/all.yaml:13: features[fairness].code.sklearn: code needs a folder of its own: "
        "mechanisms/<area>/<id>/entry.yaml"
    ]


def test_reading_a_catalog_runs_none_of_it(small: CatalogFolder, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    small.write(MODULE, f"open({str(ran)!r}, 'w')\n\n\ndef reweigh(groups, strength):\n    return groups\n")

    small.read()

    assert not ran.exists()


@pytest.mark.parametrize(
    ("path", "message", "way_on"),
    [
        ("requirement/more.yaml", "nothing reads this file", 'did you mean "requirements"?'),
        (
            "mechanisms/reweighing/entry.yaml",
            "nothing reads this file",
            "A mechanism is described in mechanisms/<area>/<id>/entry.yaml.",
        ),
        ("targets/target.yaml", "nothing reads this file", "A target is described in targets/<id>/target.yaml."),
        (
            "zzz.yaml",
            "nothing reads this file",
            "YAML files of a catalog are in context, requirements, constraints, sources, mechanisms, targets or "
            "profiles.",
        ),
    ],
)
def test_a_file_that_nothing_reads_is_a_fault(small: CatalogFolder, path: str, message: str, way_on: str) -> None:
    small.write(path, "a: 1")

    assert small.faults() == [f"small/{path}: {message}", f"  {way_on}"]


def test_yaml_files_have_one_ending(small: CatalogFolder) -> None:
    small.write("context/more.yml", "questions: []")

    assert small.faults() == ["small/context/more.yml: catalog files end in .yaml"]


def test_skeletons_and_cases_may_hold_any_yaml(small: CatalogFolder) -> None:
    small.write("targets/sklearn/project/ci.yaml", "on: [")
    small.write("mechanisms/fairness/reweighing/cases/must/2_flow.yaml", "a: b: c")
    small.write(".hidden/notes.yaml", "a: b: c")

    assert len(small.read().entries) == 4


def test_a_folder_that_is_no_catalog_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    for folder, message in [
        ("nowhere", "nowhere: there is no such catalog folder"),
        (
            "empty",
            "empty: this folder is no catalog: it has no catalog.yaml\n"
            "  Give the folder that holds catalog.yaml, or write one: name, version, languages, title.",
        ),
    ]:
        with pytest.raises(UserError) as caught:
            read_catalog(tmp_path / folder, shown_as=folder)
        assert str(caught.value) == message


def test_a_folder_that_may_not_be_entered_is_not_passed_over(
    small: CatalogFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("constraints"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)

    assert small.faults() == ["small: the folder cannot be read: Permission denied"]


def test_a_folder_with_too_many_files_is_taken_for_something_else(
    small: CatalogFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "MOST_FILES", 5)

    assert small.faults() == ["small: the folder holds more than 5 files; is it a catalog?"]


YAML_FILES = sorted(path for path in FILES if path.endswith(".yaml"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.sampled_from(YAML_FILES))
def test_a_damaged_file_is_a_user_error_and_nothing_else(
    small: CatalogFolder, chance: random.Random, path: str
) -> None:
    lines = FILES[path].splitlines(keepends=True)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        line = lines[at]
        cut = chance.randrange(len(line) + 1)
        other = chance.choice(lines)
        lines[at] = chance.choice(
            ["", line * 2, line[cut:], line[:cut],
             line[:cut] + chance.choice("{}[]:&*!|>'\"%@`\t#-?\x07é") + line[cut:],
             other, line.replace(":", ": [", 1), line.replace("{", "", 1), f"  {line}", "- x\n", "? [y]\n"]
        )  # fmt: skip
    small.write(path, "".join(lines))

    # Anything but a UserError would fail the test.
    with contextlib.suppress(UserError):
        small.read()

    small.write(path, FILES[path])
