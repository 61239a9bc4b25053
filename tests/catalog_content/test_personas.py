"""What the built-in catalog says about projects as people describe them."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping

import pytest
from personas import CREDIT_SCORING, PERSONAS, SOCIAL_SCORING, Answers, Persona

from fatesline.catalog import Catalog
from fatesline.model.configuration import Configuration, Decision
from fatesline.model.formula import Formula, parse
from fatesline.reasoning.reasoner import Reasoner

by_name = pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)

#: The option that excludes the others of its question.
NOTHING = {
    "area_of_use": "none_of_these_areas",
    "prohibited_practices": "none_of_these_practices",
    "effect_on_people": "only_minor_effects",
    "personal_data_used": "no_personal_data",
    "sharing": "nothing_shared",
    "serving": "not_in_production",
}

#: Options that are a kind of another option of the same question.
KIND_OF = {
    "french_public_administration": "european_union",
    "new_york_city_hiring": "united_states_employment",
    "profiling": "individuals_concerned",
    "decisive_score_for_third_party": "individuals_concerned",
    "direct_interaction": "individuals_concerned",
    "vulnerable_people_affected": "individuals_concerned",
    "public_service_body": "uses_system",
    "workplace_use": "uses_system",
    "special_category_data": "personal_data",
    "criminal_offence_data": "personal_data",
}

#: Kinds of components that the checker knows by their calls; they come from no text.
RECOGNISED = "components_in_code"

#: Options of one question that exclude each other.
RIVALS = {"truth_known_late": "truth_never_known", "truth_never_known": "truth_known_late"}

PROHIBITED = (
    *("harmful_manipulation", "exploitation_of_vulnerability", "social_scoring", "crime_prediction_from_profile"),
    *("face_database_scraping", "emotion_inference_at_work_or_school", "sensitive_biometric_categorisation"),
    "remote_biometric_identification",
)


def configured(catalog: Catalog, answers: Answers, *, open_questions: bool = False) -> Configuration:
    """All options decided; with ``open_questions`` those of questions without an answer stay open."""
    chosen = [option for options in answers.values() for option in options]
    offered = [
        option.id
        for question in catalog.questions
        if question.id in answers or not open_questions
        for option in question.options
    ]
    return Configuration.choosing(*chosen, without=[option for option in offered if option not in chosen])


def completed(catalog: Catalog, reasoner: Reasoner, answers: Answers) -> frozenset[str]:
    """The best completion, at the costs of the catalog; what only describes the project costs nothing."""
    costs = {name: catalog.entries[name].cost if name in catalog.entries else 0 for name in catalog.model.ids}
    return reasoner.completion(configured(catalog, answers), costs=costs)


def changes(catalog: Catalog, answers: Answers) -> Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]:
    """Every other answer to one question that does not contradict itself: what was changed, and the answers then."""
    for question in catalog.questions:
        if question.id not in answers:
            continue
        given = answers[question.id]
        for option in question.options:
            if question.type == "single":
                if option.id not in given:
                    yield option.id, {**answers, question.id: (option.id,)}
            elif option.id not in given:
                others = () if option.id == NOTHING.get(question.id) else given
                taken = {*others, option.id} | ({KIND_OF[option.id]} if option.id in KIND_OF else set())
                if option.id != NOTHING.get(question.id):
                    taken -= {NOTHING.get(question.id, ""), RIVALS.get(option.id, "")}
                yield option.id, {**answers, question.id: tuple(sorted(taken))}
            else:
                kept = tuple(name for name in given if name != option.id and KIND_OF.get(name) != option.id)
                yield f"no {option.id}", {**answers, question.id: kept}


def holding(catalog: Catalog, options: Collection[str], formula: Formula) -> bool:
    """Truth of a formula over options and derived facts, without a reasoner."""
    holds = set()
    for name in formula.variables():
        derived = name in catalog.entries and catalog.entries[name].defined_as
        if name in options or (derived and holding(catalog, options, parse(derived))):
            holds.add(name)
    return formula.holds_in(holds)


def still_asked(catalog: Catalog, answers: Answers) -> Answers:
    """The answers without those to questions that earlier answers close."""
    kept: dict[str, tuple[str, ...]] = {}
    options: set[str] = set()
    for question in catalog.questions:
        is_asked = question.asked_if is None or holding(catalog, options, parse(question.asked_if))
        if is_asked and question.id in answers:
            kept[question.id] = answers[question.id]
            options |= set(answers[question.id])
    return kept


@by_name
def test_the_interview_asks_exactly_what_the_project_answers(
    persona: Persona, catalog: Catalog, reasoner: Reasoner
) -> None:
    settled = reasoner.consequences(configured(catalog, persona.answers))

    questions = {question.id for question in catalog.questions}
    assert questions & settled.chosen == set(persona.answers)
    assert questions <= settled.chosen | settled.ruled_out


@by_name
def test_the_answers_force_the_duties(persona: Persona, catalog: Catalog, reasoner: Reasoner) -> None:
    settled = reasoner.consequences(configured(catalog, persona.answers))

    assert set(persona.duties) <= settled.chosen


@by_name
def test_the_completion_proposes_what_serves_and_nothing_else(
    persona: Persona, catalog: Catalog, reasoner: Reasoner
) -> None:
    chosen = completed(catalog, reasoner, persona.answers)

    assert set(persona.never) <= set(catalog.model.ids)
    assert set(persona.proposed) <= chosen
    assert not chosen & set(persona.never)


@by_name
def test_a_changed_answer_ends_a_project_only_where_this_is_documented(
    persona: Persona, catalog: Catalog, reasoner: Reasoner
) -> None:
    reasons = dict(persona.dead_ends)
    if "european_union" in persona.answers["jurisdiction"]:
        reasons |= dict.fromkeys(PROHIBITED, "prohibited-practice-stops-the-project")
        reasons["intimate_imagery"] = "intimate-imagery-stops-the-project"

    ended = {}
    for what, answers in changes(catalog, persona.answers):
        conflict = reasoner.conflict(configured(catalog, still_asked(catalog, answers), open_questions=True))
        if conflict is not None:
            ended[what] = {rule.id for rule in conflict.rules if rule.kind == "constraint"}

    assert set(ended) == set(reasons)
    for what, reason in reasons.items():
        assert reason in ended[what]


@by_name
def test_not_knowing_one_answer_never_ends_a_project(persona: Persona, catalog: Catalog, reasoner: Reasoner) -> None:
    """The protective reading fits the other answers, or the law that refuses it is a documented one."""
    for question in catalog.questions:
        if question.id in persona.answers:
            answers = still_asked(catalog, {**persona.answers, question.id: question.protective})
            conflict = reasoner.conflict(configured(catalog, answers, open_questions=True))
            if conflict is not None:
                assert {rule.id for rule in conflict.rules} & set(persona.dead_ends.values()), question.id


def test_a_prohibited_practice_leaves_no_way_to_go_ahead(catalog: Catalog, reasoner: Reasoner) -> None:
    conflict = reasoner.conflict(configured(catalog, SOCIAL_SCORING.answers, open_questions=True))

    assert conflict is not None
    assert {"social_scoring", "european_union"} <= {decision.feature for decision in conflict.decisions}
    assert "prohibited-practice-stops-the-project" in {rule.id for rule in conflict.rules}


def test_the_same_practice_elsewhere_goes_to_a_lawyer(catalog: Catalog, reasoner: Reasoner) -> None:
    answers = {**SOCIAL_SCORING.answers, "jurisdiction": ("other_jurisdiction",)}
    answers = {name: answers[name] for name in answers if name != "area_of_use"}

    settled = reasoner.consequences(configured(catalog, answers, open_questions=True))

    assert {"legal_review", "stakeholder_consultation"} <= settled.chosen


def test_an_interview_about_credit_takes_at_most_25_questions_and_18_with_data(catalog: Catalog) -> None:
    """What a table answers by itself is not asked; whether a simple model suffices it cannot tell."""
    measured = {question.id for question in catalog.questions if question.measured} - {"simple_model_accuracy"}
    for view, error in itertools.product(VIEWS, ERRORS):
        answers = {**CREDIT_SCORING.answers, "view_of_differences": (view,), "harmful_error": (error,)}
        asked = still_asked(catalog, answers).keys()

        assert len(asked) <= 25
        assert len(asked - measured) <= 18


VIEWS = (
    *("differences_reflect_reality", "differences_reflect_bias", "differences_within_strata"),
    *("representation_goal_set", "view_undecided"),
)
ERRORS = ("wrong_refusal", "wrong_grant", "both_errors", "errors_among_selected")


def expected_criterion(us_employment: bool, labels: bool, view: str, error: str) -> str:
    """The documented order: law, then labels, then goal or view, then error."""
    if us_employment or labels or view != "differences_reflect_reality":
        return "demographic_parity"
    others = {"wrong_refusal": "equal_opportunity", "errors_among_selected": "predictive_parity"}
    return others.get(error, "equalized_odds")


@pytest.mark.parametrize(
    "attributes", ["known_for_training_and_test", "known_also_at_prediction", "only_proxies_known"]
)
def test_every_combination_of_answers_decides_exactly_one_criterion(
    attributes: str, catalog: Catalog, reasoner: Reasoner
) -> None:
    for us_employment, labels, view, error in itertools.product((False, True), (False, True), VIEWS, ERRORS):
        answers = still_asked(
            catalog,
            {
                "kind_of_system": ("learns_from_tables",),
                "jurisdiction": ("united_states_employment",) if us_employment else ("european_union",),
                "persons_concerned": ("individuals_concerned",),
                "target_kind": ("binary_target",),
                "protected_attributes": (attributes,),
                "bias_sources": ("labels_may_be_biased",) if labels else (),
                "view_of_differences": (view,),
                "harmful_error": (error,),
            },
        )

        settled = reasoner.consequences(configured(catalog, answers, open_questions=True))

        criteria = set(catalog.children("fairness_criterion"))
        expected = expected_criterion(us_employment, labels, view, error)
        assert criteria & settled.chosen == {expected}
        assert criteria - settled.ruled_out == {expected}


@pytest.mark.parametrize(
    ("view", "criterion"),
    [("differences_reflect_reality", "equal_group_error"), ("differences_reflect_bias", "demographic_parity")],
)
def test_numbers_are_compared_by_their_error_or_their_mean(
    view: str, criterion: str, catalog: Catalog, reasoner: Reasoner
) -> None:
    answers = {
        "persons_concerned": ("individuals_concerned",),
        "target_kind": ("numeric_target",),
        "protected_attributes": ("known_for_training_and_test",),
        "measured_data_facts": ("under_represented_group", "base_rates_differ"),
        "representation_goal": (),
        "labels_from_past_decisions": (),
        "view_of_differences": (view,),
    }

    settled = reasoner.consequences(
        configured(catalog, answers, open_questions=True).with_decision(Decision("fairness", True, "asked"))
    )

    assert {criterion, "group_error", "bias_mitigation"} <= settled.chosen
    assert {"harmful_error", "reweighing", "group_metrics", "logistic_regression"} <= settled.ruled_out


def test_not_knowing_anything_is_a_valid_project(catalog: Catalog, reasoner: Reasoner) -> None:
    """The protective reading of every question, in the order of the interview, one on top of the other."""
    answers: dict[str, tuple[str, ...]] = {}
    for question in catalog.questions:
        settled = reasoner.consequences(configured(catalog, answers, open_questions=True))
        if question.id not in settled.ruled_out:
            answers[question.id] = question.protective

    chosen = completed(catalog, reasoner, answers)

    assert {"high_stakes", "high_risk", "gdpr_applies", "legal_review", "go_decision"} <= chosen
    assert {"human_oversight", "risk_assessment", "skops_format", "k_anonymity"} <= chosen


@pytest.mark.parametrize("question_id", ["bias_sources", "view_of_differences"])
def test_an_undecided_fairness_question_protects_by_equal_selection(
    question_id: str, catalog: Catalog, reasoner: Reasoner
) -> None:
    answers = {**CREDIT_SCORING.answers, question_id: catalog.question(question_id).protective}

    settled = reasoner.consequences(configured(catalog, still_asked(catalog, answers), open_questions=True))

    assert "demographic_parity" in settled.chosen


def test_a_question_depends_only_on_questions_before_it(catalog: Catalog) -> None:
    def options_in(formula: Formula) -> Iterator[str]:
        for name in formula.variables():
            if name in catalog.options:
                yield name
            else:
                yield from options_in(parse(catalog.entries[name].defined_as or ""))

    before: set[str] = set()
    for question in catalog.questions:
        if question.asked_if is not None:
            assert set(options_in(parse(question.asked_if))) <= before, question.id
        before |= {option.id for option in question.options}


def test_each_option_and_requirement_can_be_selected(catalog: Catalog, reasoner: Reasoner) -> None:
    """Only a prohibited project is impossible, and it is meant to be."""
    assert reasoner.consequences().ruled_out == {"prohibited"}


def test_the_catalog_is_as_wide_as_agreed_and_cites_everything(catalog: Catalog) -> None:
    written = [one for one in catalog.constraints.values() if one.origin in ("written", "required")]

    assert len(catalog.model.features) >= 250
    assert len(written) >= 260
    assert all(one.sources for one in written)
    assert [
        name for name, entry in catalog.entries.items() if not entry.sources and RECOGNISED not in (name, entry.parent)
    ] == []
    assert {constraint.level for constraint in written} == {"law", "method", "technical", "preference"}


def test_every_legal_duty_has_the_day_from_which_it_binds(catalog: Catalog) -> None:
    for constraint in catalog.constraints.values():
        assert (constraint.applies_from is not None) == (constraint.level == "law"), constraint.id


def test_texts_are_sentences_in_both_languages(catalog: Catalog) -> None:
    texts = {f"constraint {one.id}": one.because for one in catalog.constraints.values() if one.origin == "written"}
    texts |= {f"question {one.id}": one.why for one in catalog.questions}

    for owner, text in texts.items():
        for sentence in (text.en, text.fr):
            assert sentence[0].isupper() or sentence.startswith("k-"), owner
            assert sentence.endswith("."), owner
        assert text.en != text.fr, owner
