"""Arguments read as kept in ``golden/``, in English and French.

After a change of wording: ``FATES_RENEW=1 pytest tests/documents``, then read every text that changed.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from fatesline.catalog import Catalog, load
from fatesline.documents.lineage import Lineage, lineages
from fatesline.documents.model_words import ModelWords
from fatesline.documents.wording import Language, Words
from fatesline.exchange import read
from fatesline.model.configuration import Configuration, Decision
from fatesline.model.features import Feature, FeatureModel, Group
from fatesline.reasoning import Argument, Claim, Reasoner, Rule, Step

GOLDEN = Path(__file__).parent / "golden"
AUTOMOTIVE = Path(__file__).parents[2].parent / "shared" / "models" / "automotive01.xml.gz"
LANGUAGES: tuple[Language, ...] = ("en", "fr")
MOST_LINES = 9

#: Answers and choices that do not go together; "!" before what is ruled out.
CATALOG_CONFLICTS = {
    "prohibited-practice-in-the-union": "european_union social_scoring go_decision",
    "decision-by-machine-on-legitimate-interests": (
        "european_union individuals_concerned profiling fully_automated legal_or_similar_effect personal_data "
        "legitimate_interests"
    ),
    "reweighing-with-nearest-neighbours": "reweighing k_nearest_neighbours",
    "exponentiated-gradient-with-required-skops": (
        "european_union individuals_concerned legal_or_similar_effect model_distributed high_stakes "
        "exponentiated_gradient"
    ),
    "thresholds-by-group-in-the-union": (
        "european_union individuals_concerned known_also_at_prediction threshold_optimiser"
    ),
    "oversampling-with-reweighing": "group_oversampling reweighing",
    "columns-as-they-are-with-logistic-regression": "native_columns logistic_regression",
    "glass-box-explanation-of-logistic-regression": "glass_box_explanation logistic_regression",
    "french-administration-with-sensitive-data": (
        "french_public_administration individuals_concerned fully_automated legal_or_similar_effect personal_data "
        "special_category_data"
    ),
    "shared-data-without-anonymity": "learns_from_tables data_shared personal_data !k_anonymity",
    "mitigation-without-known-groups": "individuals_concerned attributes_not_known bias_mitigation",
    "no-area-and-an-area": "none_of_these_areas area_employment european_union",
}

AUTOMOTIVE_CONFLICTS = {
    "one-requires-another-in-two-steps": "N_104357__F_104375 !N_104357__F_104487",
    "two-require-alternatives": "N_100000__F_101277 N_100000__F_101280",
    "a-chain-to-an-alternative": "N_102383__I_103300_i_F_103343 N_102383__I_103300_i_F_103508",
    "a-chain-down-the-tree": "N_100300__F_100326 !N_102383__I_103300_i_F_103520",
    "up-the-tree-and-across": "N_100130__F_100146 !N_100000__I_101174_i_F_101172",
}


@cache
def of_catalog() -> tuple[Catalog, Reasoner]:
    catalog = load()
    return catalog, Reasoner(catalog.model)


@cache
def of_automotive() -> Reasoner:
    return Reasoner(read(AUTOMOTIVE).model)


def decided(text: str) -> Configuration:
    return Configuration.of(Decision(name.lstrip("!"), not name.startswith("!")) for name in text.split())


def check_golden(name: str, lines: list[str]) -> None:
    path = GOLDEN / f"{name}.txt"
    text = "\n".join(lines) + "\n"
    if os.environ.get("FATES_RENEW"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert len(lines) <= MOST_LINES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CATALOG_CONFLICTS)
def test_conflicts_of_the_catalog_read_as_kept(name: str, language: Language) -> None:
    catalog, reasoner = of_catalog()
    configuration = decided(CATALOG_CONFLICTS[name])
    conflict = reasoner.conflict(configuration)
    assert conflict is not None

    check_golden(f"{name}.{language}", Words(catalog, language).conflict(conflict, reasoner.repairs(configuration)))


@pytest.mark.skipif(not AUTOMOTIVE.exists(), reason="the collection of real models is not here")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", AUTOMOTIVE_CONFLICTS)
def test_conflicts_of_a_large_model_read_as_kept(name: str, language: Language) -> None:
    reasoner = of_automotive()
    configuration = decided(AUTOMOTIVE_CONFLICTS[name])
    conflict = reasoner.conflict(configuration)
    assert conflict is not None

    words = ModelWords(reasoner.model, language)

    check_golden(f"automotive01-{name}.{language}", words.conflict(conflict, reasoner.repairs(configuration)))


def test_every_golden_text_belongs_to_a_conflict() -> None:
    names = [*CATALOG_CONFLICTS, *(f"automotive01-{name}" for name in AUTOMOTIVE_CONFLICTS)]

    assert {path.name for path in GOLDEN.iterdir()} == {
        f"{name}.{language}.txt" for name in names for language in LANGUAGES
    }


def test_no_text_names_an_id_outside_brackets_and_waivers() -> None:
    catalog, _ = of_catalog()
    ids = {name for name in (*catalog.model.ids, *catalog.constraints) if "_" in name or "-" in name}
    for name in CATALOG_CONFLICTS:
        for language in LANGUAGES:
            for line in (GOLDEN / f"{name}.{language}.txt").read_text(encoding="utf-8").splitlines():
                if "fates.yaml" not in line:
                    assert not ids.intersection(line.partition("[")[0].replace('"', " ").split())


def test_a_refuted_supposition_is_worded_as_one() -> None:
    catalog, _ = of_catalog()
    supposed = Claim("reweighing")
    either = Rule("group", "estimator", Group.alternative("estimator", ("reweighing", "group_oversampling")))
    refuted = Step(~supposed, (), None, ((Step(supposed, (), None), Step(None, (supposed,), either)),))

    lines = Words(catalog).argument(Argument((), (either,), (refuted,)))

    assert [line.strip() for line in lines] == [
        'suppose "Reweighing";',
        'but: "Estimator" allows one choice only;',
        'so not "Reweighing".',
    ]


def test_an_argument_ends_at_the_rule_that_leaves_fewest_claims_negative() -> None:
    model = FeatureModel(
        (Feature("root"), Feature("a", "root"), Feature("b", "root"), Feature("c", "a")),
        (Group.alternative("root", ("a", "b")),),
    )

    conflict = Reasoner(model).conflict(decided("c b"))

    assert conflict is not None
    assert [step.conclusion for step in conflict.steps] == [Claim("a"), None]
    assert conflict.steps[-1].rule is not None
    assert conflict.steps[-1].rule.kind == "group"


def test_steps_through_the_tree_are_one_way_from_start_to_end() -> None:
    parents = {"u": "root", "v": "u", "w": "v", "x": "u", "y": "x"}
    model = FeatureModel(
        (Feature("root"), *(Feature(name, parent) for name, parent in parents.items())),
        (Group.mandatory("u", ("x",)), Group.mandatory("x", ("y",))),
    )
    reasoner = Reasoner(model)

    def ways(argument: Argument | None) -> list[Lineage]:
        assert argument is not None
        return lineages(model, argument.steps, argument.steps[-1])

    assert ways(reasoner.why(decided("w"), "y")) == [Lineage("w", "u", "y")]
    assert ways(reasoner.why(decided("w"), "u")) == [Lineage("w", "u", "u")]
    assert ways(reasoner.why(decided("u"), "y")) == [Lineage("u", "u", "y")]
    assert ways(reasoner.why(decided("!y"), "w", holds=False)) == [Lineage("w", "u", "y")]
    assert ways(reasoner.conflict(decided("w !y"))) == [Lineage("w", "u", "y")]
    assert ways(reasoner.why(decided(""), "root")) == []
