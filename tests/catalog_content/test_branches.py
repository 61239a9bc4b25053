"""Language models, operation and the law by date: what follows, and what must not."""

from __future__ import annotations

import datetime

import pytest
from personas import CREDIT_SCORING
from test_personas import completed, configured, still_asked

from fatesline.catalog import Catalog
from fatesline.catalog.project import About, Answer, Data, Project, Waiver, check_against
from fatesline.commands import project_files
from fatesline.errors import UserError, UserErrors
from fatesline.reasoning.reasoner import Reasoner
from fatesline.solution import Contradiction, Solution, solve

Answers = dict[str, tuple[str, ...]]

ASSISTANT: Answers = {
    "kind_of_system": ("language_model",),
    "project_role": ("develops_system", "uses_system", "workplace_use", "builds_on_other_model"),
    "jurisdiction": ("european_union",),
    "language_model_use": ("served_by_provider", "untrusted_text", "retrieval"),
    "generated_content": (),
    "persons_concerned": ("individuals_concerned", "direct_interaction"),
    "area_of_use": ("none_of_these_areas",),
    "prohibited_practices": ("none_of_these_practices",),
    "decision_automation": ("human_decides",),
    "effect_on_people": ("only_minor_effects",),
    "reversibility": ("easily_reversible",),
    "personal_data_used": ("personal_data",),
    "legal_basis": ("legitimate_interests",),
    "data_origin": ("collected_by_us",),
    "explanation_questions": ("why_this_result",),
    "explanation_audience": ("professional_users",),
    "sharing": ("nothing_shared",),
    "serving": ("served_online",),
    "operating_conditions": ("data_expected_to_drift",),
}


def project(answers: Answers) -> Project:
    given = {name: Answer(chosen=chosen) for name, chosen in answers.items()}
    return Project(project=About(name="assistant", title="Assistant"), answers=given)


def test_an_assistant_is_asked_of_texts_and_not_of_tables(catalog: Catalog, reasoner: Reasoner) -> None:
    settled = reasoner.consequences(configured(catalog, ASSISTANT))

    assert {question.id for question in catalog.questions} & settled.chosen == set(ASSISTANT)


def test_an_assistant_is_tested_guarded_and_announced(catalog: Catalog, reasoner: Reasoner) -> None:
    chosen = completed(catalog, reasoner, ASSISTANT)

    assert {"input_guard", "output_guard", "evaluation_set", "red_team", "prompts_versioned_and_tested"} <= chosen
    assert {"cited_sources", "grounding_checked", "retrieval_quality", "knowledge_base_kept_clean"} <= chosen
    assert {"provider_fallback", "processor_contract", "transfer_safeguards", "pinned_model_revision"} <= chosen
    assert {"machine_readable_marking", "notice_of_ai_interaction", "paired_prompt_tests", "token_budget"} <= chosen
    assert {"monitoring", "rollback", "service_level_objectives", "interface_protection"} <= chosen
    assert not {"pipeline", "estimator", "group_metrics", "model_format", "schema_validation", "high_risk"} & chosen
    assert not {"tool_allow_list", "generated_code_controlled", "retraining", "typed_answers"} & chosen


@pytest.mark.parametrize(
    ("use", "asked"),
    [
        ("tools_with_effects", {"tool_allow_list", "human_confirmation_of_actions", "typed_answers"}),
        ("several_agents", {"parts_tested_alone", "orchestration_guard", "context_assembly_tested"}),
        ("generates_code", {"generated_code_controlled"}),
        ("read_by_programs", {"typed_answers"}),
        ("low_resource_language", {"language_gap_measured", "answers_reviewed_by_people"}),
        ("fine_tuned", {"fine_tuning_data_reviewed", "retraining"}),
        ("retrieval", {"cited_sources", "retrieval_quality", "grounding_checked"}),
        ("served_by_provider", {"provider_fallback", "prompts_masked_for_provider"}),
    ],
)
def test_each_use_of_a_language_model_brings_its_own_duties(
    use: str, asked: set[str], catalog: Catalog, reasoner: Reasoner
) -> None:
    without = {**ASSISTANT, "language_model_use": ("untrusted_text",)}
    with_use = {**ASSISTANT, "language_model_use": ("untrusted_text", use)}

    assert asked <= reasoner.consequences(configured(catalog, with_use)).chosen
    assert not asked & reasoner.consequences(configured(catalog, without)).chosen


@pytest.mark.parametrize(
    ("condition", "asked"),
    [
        ("outage_hurts", {"fallback", "incident_drills", "load_and_fault_tests"}),
        ("data_expected_to_drift", {"retraining", "staleness_measured"}),
        ("truth_known_late", {"delayed_labels_filled_in"}),
        ("truth_never_known", {"sample_judged_by_people"}),
        ("continual_learning", {"retraining", "feedback_loop_guard"}),
        ("feedback_loop", {"feedback_loop_guard"}),
        ("attack_pays", {"adversarial_review", "model_integrity", "interface_protection"}),
        ("tight_budget", {"energy_and_cost_measured", "resource_use_watched", "deferred_processing"}),
    ],
)
def test_each_condition_of_operation_brings_its_own_precaution(
    condition: str, asked: set[str], catalog: Catalog, reasoner: Reasoner
) -> None:
    quiet: Answers = {
        "kind_of_system": ("learns_from_tables",),
        "jurisdiction": ("other_jurisdiction",),
        "persons_concerned": (),
        "prohibited_practices": ("none_of_these_practices",),
        "personal_data_used": ("no_personal_data",),
        "sharing": ("nothing_shared",),
        "serving": ("served_in_batch",),
        "operating_conditions": (),
    }
    calm = reasoner.consequences(configured(catalog, quiet, open_questions=True)).chosen
    found = reasoner.consequences(
        configured(catalog, {**quiet, "operating_conditions": (condition,)}, open_questions=True)
    ).chosen

    assert asked <= found
    assert not asked & calm


def test_a_study_is_neither_watched_nor_released_in_steps(catalog: Catalog, reasoner: Reasoner) -> None:
    answers = still_asked(catalog, {**CREDIT_SCORING.answers, "serving": ("not_in_production",)})

    settled = reasoner.consequences(configured(catalog, answers))

    assert {"monitoring", "continuity"} <= settled.ruled_out


def on(day: str, answers: Answers, catalog: Catalog, reasoner: Reasoner) -> Solution | Contradiction:
    return solve(project(answers), catalog, on=datetime.date.fromisoformat(day), reasoner=reasoner)


@pytest.mark.parametrize(
    ("day", "article"),
    [("2025-02-02", "prohibited-practice-stops-the-project"), ("2027-12-03", "prohibited-practice-stops-the-project")],
)
def test_a_prohibited_practice_stops_with_its_article(
    day: str, article: str, catalog: Catalog, reasoner: Reasoner
) -> None:
    found = on(day, {**ASSISTANT, "prohibited_practices": ("social_scoring",)}, catalog, reasoner)

    assert isinstance(found, Contradiction)
    assert article in {rule.id for rule in found.conflict.rules}
    assert catalog.constraints[article].sources == ("ai_act Art. 5(1)",)


def test_a_practice_prohibited_later_is_told_as_coming_until_then(catalog: Catalog, reasoner: Reasoner) -> None:
    answers = {**ASSISTANT, "prohibited_practices": ("intimate_imagery",)}

    before, after = (on(day, answers, catalog, reasoner) for day in ("2026-12-01", "2026-12-02"))

    assert isinstance(before, Solution)
    assert {one.constraint: one.clashes for one in before.coming}["intimate-imagery-stops-the-project"]
    assert isinstance(after, Contradiction)


@pytest.mark.parametrize(
    ("day", "in_force", "coming"),
    [
        ("2026-08-01", set(), {"machine_readable_marking"}),
        ("2026-08-02", {"machine_readable_marking"}, set()),
    ],
)
def test_marks_on_generated_content_bind_from_august_2026(
    day: str, in_force: set[str], coming: set[str], catalog: Catalog, reasoner: Reasoner
) -> None:
    found = on(day, ASSISTANT, catalog, reasoner)

    assert isinstance(found, Solution)
    later = {name for one in found.coming for name in one.requires}
    assert in_force <= found.forced.chosen
    assert coming <= later
    assert not in_force & later


def test_duties_on_regulated_products_bind_eight_months_after_those_by_area(
    catalog: Catalog, reasoner: Reasoner
) -> None:
    answers = {**CREDIT_SCORING.answers, "area_of_use": ("regulated_product",)}
    december, august = (on(day, answers, catalog, reasoner) for day in ("2027-12-03", "2028-08-02"))

    assert isinstance(december, Solution)
    assert isinstance(august, Solution)
    assert "high_risk" in december.forced.chosen
    assert "conformity_assessment" not in december.forced.chosen
    assert {one.applies_from.isoformat() for one in december.coming} == {"2028-08-02"}
    assert "conformity_assessment" in august.forced.chosen
    assert august.required_from()["conformity_assessment"] == datetime.date(2028, 8, 2)


def test_high_risk_duties_bind_from_december_2027_and_credit_law_before(catalog: Catalog, reasoner: Reasoner) -> None:
    answers = dict(CREDIT_SCORING.answers)
    day_before, day = (on(one, answers, catalog, reasoner) for one in ("2027-12-01", "2027-12-02"))

    assert isinstance(day_before, Solution)
    assert isinstance(day, Solution)
    duties = {
        "conformity_assessment",
        "documentation_kept",
        "corrective_action",
        "fundamental_rights_impact_assessment",
    }
    assert duties <= day.forced.chosen
    assert not duties & day_before.forced.chosen
    assert duties <= {name for one in day_before.coming for name in one.requires}
    assert "human_review_on_request" in day_before.forced.chosen


@pytest.mark.parametrize(
    ("area", "tasks", "registered"),
    [
        ("area_employment", (), True),
        ("area_employment", ("narrow_procedural_task",), True),
        ("area_critical_infrastructure", (), False),
        ("area_critical_infrastructure", ("narrow_procedural_task",), True),
    ],
)
def test_the_provider_registers_all_of_annex_three_but_high_risk_infrastructure(
    catalog: Catalog, reasoner: Reasoner, area: str, tasks: tuple[str, ...], registered: bool
) -> None:
    answers = {**ASSISTANT, "area_of_use": (area,), "narrow_task": tasks}

    assert ("registration_in_union_database" in completed(catalog, reasoner, answers)) is registered


def test_the_scikit_learn_target_says_that_it_builds_no_assistant(catalog: Catalog, reasoner: Reasoner) -> None:
    data = Data(file="t.csv", sha256="0" * 64, rows=100, target="y", favourable="yes", numeric=("x",))
    found = solve(project(ASSISTANT).model_copy(update={"data": data}), catalog, reasoner=reasoner)

    assert isinstance(found, Solution)
    with pytest.raises(UserError, match="not the kind of project these answers describe"):
        project_files(found)


@pytest.mark.parametrize("name", ["prohibited-practice-stops-the-project", "intimate-imagery-stops-the-project"])
def test_nobody_can_waive_a_prohibition(catalog: Catalog, name: str) -> None:
    waiver = Waiver(constraint=name, person="Ada", reason="because", until=datetime.date(2099, 1, 1))
    project = Project(project=About(name="loans", title="Loans"), waivers=(waiver,))

    with pytest.raises(UserErrors, match="nobody can waive it"):
        check_against(project, catalog)
    assert not catalog.constraints[name].can_be_waived
