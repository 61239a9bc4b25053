from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from fatesline.catalog import Catalog, assemble, layers, load
from fatesline.catalog.read import read_contents
from fatesline.errors import UserError
from fatesline.model.formula import parse
from tests.conftest import CatalogFolder

ABOUT = 'name: acme\nversion: "2"\nlanguages: [en]\ntitle: {en: Acme, fr: Acme}\n'


@pytest.fixture
def acme(tmp_path: Path) -> CatalogFolder:
    """A catalog on top of the small one, empty so far."""
    made = CatalogFolder(tmp_path / "acme")
    made.write("catalog.yaml", ABOUT)
    return made


def together(small: CatalogFolder, acme: CatalogFolder) -> Catalog:
    return assemble.assemble(
        [read_contents(small.folder, shown_as="small"), read_contents(acme.folder, shown_as="acme")]
    )


def faults(small: CatalogFolder, acme: CatalogFolder) -> list[str]:
    with pytest.raises(UserError) as caught:
        together(small, acme)
    return str(caught.value).splitlines()


def entry(name: str, more: str = "", parent: str = "fairness") -> str:
    return (
        f"  - {{id: {name}, title: {{en: Ours, fr: Le nôtre}}, summary: {{en: Ours., fr: Le nôtre.}}, "
        f"parent: {parent}, kind: act{more}}}\n"
    )


def test_a_later_layer_may_add_anything(small: CatalogFolder, acme: CatalogFolder) -> None:
    acme.write("requirements/ours.yaml", f"features:\n{entry('our_act')}")
    acme.write("sources.yaml", 'house_rule: {title: Rule, date: "2026", checked: text}\n')
    acme.write(
        "constraints/ours.yaml",
        "constraints:\n  - {id: ours-first, formula: fairness => our_act, level: method, because: {en: a, fr: b}, "
        "sources: [house_rule]}\n",
    )

    catalog = together(small, acme)

    assert catalog.model["our_act"].parent == "fairness"
    assert catalog.constraints["ours-first"].formula == parse("fairness => our_act")
    assert [(layer.name, layer.version) for layer in catalog.layers] == [("small", "1"), ("acme", "2")]


def test_the_same_id_twice_is_an_error_that_names_both_files(small: CatalogFolder, acme: CatalogFolder) -> None:
    acme.write("requirements/ours.yaml", f"features:\n{entry('fairness', parent='fates')}")
    acme.write("sources.yaml", 'law: {title: Rule, date: "2026", checked: text}\n')

    assert faults(small, acme) == [
        'acme/requirements/ours.yaml:2: features[fairness]: there is already the entry "fairness", in '
        "small/requirements/all.yaml:8",
        "  To change it, write `overrides: fairness`.",
        'acme/sources.yaml:1: law: there is already the source "law", in small/sources.yaml:1',
    ]


def test_overriding_replaces_an_entry_in_its_place(small: CatalogFolder, acme: CatalogFolder) -> None:
    acme.write("requirements/ours.yaml", f"features:\n{entry('fairness', ', overrides: fairness', parent='fates')}")

    catalog = together(small, acme)

    assert catalog.title("fairness") == "Ours"
    assert str(catalog.place("fairness")) == "acme/requirements/ours.yaml:2"
    assert list(catalog.entries) == list(small.read().entries)
    assert "fairness-concerns-people" not in catalog.constraints


def test_questions_and_constraints_can_be_overridden_too(small: CatalogFolder, acme: CatalogFolder) -> None:
    acme.write(
        "constraints/ours.yaml",
        "constraints:\n  - {id: people-are-owed-fairness, overrides: people-are-owed-fairness, "
        "formula: personal_data => fairness, level: method, because: {en: a, fr: b}, sources: [law]}\n",
    )
    acme.write(
        "context/ours.yaml",
        "questions:\n  - {id: kind_of_data, overrides: kind_of_data, section: people, ask: {en: a, fr: b}, "
        "why: {en: a, fr: b}, sources: [law], type: yes_no, protective: [], "
        "options: [{id: personal_data, title: {en: Ours, fr: Le nôtre}}]}\n",
    )

    catalog = together(small, acme)

    assert catalog.constraints["people-are-owed-fairness"].level == "method"
    assert "things_only" not in catalog.model
    assert [question.id for question in catalog.questions] == ["kind_of_data", "need_for_weights"]


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (
            ("fairnes", ", overrides: fairnes"),
            'overrides: no earlier catalog has the entry "fairnes"; did you mean "fairness"?',
        ),
        (
            ("our_own", ", overrides: fairness"),
            'overrides: what overrides has the id of what it replaces, here "our_own"',
        ),
    ],
)
def test_only_what_an_earlier_layer_has_can_be_overridden(
    small: CatalogFolder, acme: CatalogFolder, more: tuple[str, str], fault: str
) -> None:
    acme.write("requirements/ours.yaml", f"features:\n{entry(*more)}")

    assert faults(small, acme) == [f"acme/requirements/ours.yaml:2: features[{more[0]}].{fault}"]


def test_a_layer_cannot_override_its_own_entries(small: CatalogFolder, acme: CatalogFolder) -> None:
    acme.write("requirements/ours.yaml", f"features:\n{entry('our_act')}{entry('our_act', ', overrides: our_act')}")

    assert faults(small, acme) == [
        'acme/requirements/ours.yaml:3: features[our_act].overrides: no earlier catalog has the entry "our_act"'
    ]


def test_what_is_hidden_is_gone_with_everything_below_it(small: CatalogFolder, acme: CatalogFolder) -> None:
    acme.write("catalog.yaml", f"{ABOUT}hides: [fairness]\n")

    catalog = together(small, acme)

    assert set(small.read().model.ids) - set(catalog.model.ids) == {"fairness", "reweighing"}
    # A preference for what is gone asks for what cannot be, so it goes; what the law asks of it remains as a bar.
    assert catalog.constraints["people-are-owed-fairness"].formula == parse("!weights_wanted")


@pytest.mark.parametrize(
    ("formula", "left"),
    [
        ("reweighing => fates", None),
        ("fates => reweighing", "!fates"),
        ("fates => !reweighing", None),
        ("fates => fairness | reweighing", "fates => fairness"),
        ("fates => fairness & reweighing", "!fates"),
        ("fates <=> reweighing", "!fates"),
        ("(fates | reweighing) & fairness", "fates & fairness"),
        ("!reweighing => fairness", "fairness"),
        ("!(reweighing | fates) | fairness", "!fates | fairness"),
    ],
)
def test_formulas_take_hidden_features_as_never_chosen(
    small: CatalogFolder, acme: CatalogFolder, formula: str, left: str | None
) -> None:
    small.replace("constraints/all.yaml", "formula: weights_wanted => fairness", f"formula: {formula!r}")
    small.replace("mechanisms/fairness/reweighing/entry.yaml", "relation: some", "relation: optional")
    acme.write("catalog.yaml", f"{ABOUT}hides: [reweighing]\n")

    found = together(small, acme).constraints.get("people-are-owed-fairness")

    assert (found and found.formula) == (left and parse(left))


def test_what_is_hidden_shows_nothing_else(small: CatalogFolder, acme: CatalogFolder) -> None:
    ours = "{call: ours.fair}, {feature: reweighing}, {all_of: [{call: ours.a}, {feature: reweighing}]}"
    small.replace("mechanisms/fairness/reweighing/entry.yaml", "relation: some", "relation: optional")
    acme.write("requirements/ours.yaml", f"features:\n{entry('our_act', f', recognise: [{ours}]')}")
    before = together(small, acme).entries["our_act"].recognise
    acme.write("catalog.yaml", f"{ABOUT}hides: [reweighing]\n")

    after = together(small, acme).entries["our_act"].recognise

    assert [len(before), [one.call for one in after]] == [3, ["ours.fair"]]


def test_hiding_a_question_settles_what_depends_on_it(small: CatalogFolder, acme: CatalogFolder) -> None:
    acme.write("catalog.yaml", f"{ABOUT}hides: [need_for_weights]\n")

    catalog = together(small, acme)

    assert [question.id for question in catalog.questions] == ["kind_of_data"]
    assert catalog.constraints["when-weights-are-wanted"].formula == parse("!weights_wanted")


def test_constraints_and_options_can_be_hidden(small: CatalogFolder, acme: CatalogFolder) -> None:
    acme.write("catalog.yaml", f"{ABOUT}hides: [weights-are-cheap, fairness-concerns-people, things_only]\n")

    catalog = together(small, acme)

    assert {"weights-are-cheap", "fairness-concerns-people"}.isdisjoint(catalog.constraints)
    assert [option.id for option in catalog.question("kind_of_data").options] == ["personal_data"]


@pytest.mark.parametrize(
    ("hides", "fault"),
    [
        ("fairnes", 'hides[0]: no earlier catalog has a feature or constraint "fairnes"; did you mean "fairness"?'),
        ("reweighing", 'hides: nothing is left to choose below "fairness"; hide that too'),
        (
            "personal_data",
            'hides: "personal_data" is what "I don\'t know" means in the question "kind_of_data"\n'
            "  Override the question.",
        ),
        ("rows_differ", 'hides: no option of the question "need_for_weights" is left; hide the question'),
    ],
)
def test_hiding_leaves_no_gap(small: CatalogFolder, acme: CatalogFolder, hides: str, fault: str) -> None:
    small.replace("constraints/all.yaml", "level: preference", "level: preference\n    note: x")
    acme.write("catalog.yaml", f"{ABOUT}hides: [{hides}]\n")

    assert fault.splitlines()[0] in "\n".join(faults(small, acme))


def test_all_layers_have_one_root(small: CatalogFolder, acme: CatalogFolder) -> None:
    acme.write("catalog.yaml", f"{ABOUT}root: acme_project\n")

    assert faults(small, acme) == ['acme/catalog.yaml:5: root: the root of the catalog "small" is "fates_project"']


@pytest.fixture
def built_in(small: CatalogFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "built_in_folder", lambda: (small.folder, "catalog"))


@pytest.mark.usefixtures("built_in")
def test_given_folders_lie_on_top_of_the_built_in_catalog(acme: CatalogFolder) -> None:
    acme.write("requirements/ours.yaml", f"features:\n{entry('our_act', parent='fates')}")

    catalog = load([acme.folder], packages=False)

    assert [layer.origin for layer in catalog.layers] == ["built-in", "folder"]
    assert "our_act" in catalog.model


@pytest.mark.usefixtures("built_in")
def test_components_of_the_built_in_catalog_are_compared_when_asked_and_others_always(
    small: CatalogFolder, acme: CatalogFolder
) -> None:
    entry_file, module = (f"mechanisms/fairness/reweighing/{name}" for name in ("entry.yaml", "for_sklearn.py"))
    small.write(module, "")
    ours = small.text(entry_file).replace("id: reweighing", "id: ours").replace("formerly: [reweighting]\n", "")
    acme.write("mechanisms/fairness/ours/entry.yaml", ours)
    acme.write("mechanisms/fairness/ours/for_sklearn.py", "def reweigh(groups, strength):\n    return groups\n")

    assert "ours" in load([acme.folder], packages=False).entries
    with pytest.raises(UserError, match=r'catalog/.*for_sklearn\.py has no function "reweigh"'):
        load([acme.folder], packages=False, thorough=True)

    acme.write("mechanisms/fairness/ours/for_sklearn.py", "")
    with pytest.raises(UserError, match=r'ours/entry\.yaml.*for_sklearn\.py has no function "reweigh"'):
        load([acme.folder], packages=False)


@pytest.mark.usefixtures("built_in")
def test_a_catalog_in_a_package_is_found_without_importing_the_package(
    acme: CatalogFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = acme.folder.parent / "acme_rules_for_tests"
    (package / "inner").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('imported')\n")
    (package / "inner" / "catalog.yaml").write_text(ABOUT)
    monkeypatch.syspath_prepend(str(package.parent))
    point = EntryPoint("acme", "acme_rules_for_tests.inner", layers.ENTRY_POINTS)
    monkeypatch.setattr(layers, "entry_points", lambda group: [point])

    catalog = load()

    assert [(layer.name, layer.origin, layer.shown_as) for layer in catalog.layers][1:] == [
        ("acme", "package", "acme_rules_for_tests/inner")
    ]
    assert "acme_rules_for_tests" not in sys.modules


def test_an_entry_point_to_nowhere_is_a_user_error(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("acme", "no_such_package_for_tests.inner", layers.ENTRY_POINTS)
    monkeypatch.setattr(layers, "entry_points", lambda group: [point])

    with pytest.raises(UserError) as caught:
        load()

    assert str(caught.value) == (
        'the entry point "acme" names the folder "no_such_package_for_tests.inner", which is not there\n'
        "  Install that package again, or remove it."
    )


def test_faults_of_several_folders_are_said_together(acme: CatalogFolder, tmp_path: Path) -> None:
    acme.write("catalog.yaml", "name: [")

    with pytest.raises(UserError) as caught:
        load([tmp_path / "nowhere", acme.folder], packages=False)

    assert "nowhere: there is no such catalog folder" in str(caught.value)
    assert "catalog.yaml:2:1: this is not YAML" in str(caught.value)
