"""Projects as their owners would describe them, with what must and must not follow from the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Persona:
    """One project.

    Parameters
    ----------
    name : str
    answers : mapping of str to tuple of str
        Chosen options by question; exactly the questions that the interview asks.
    duties : tuple of str
        Features that the answers force.
    proposed : tuple of str
        Features that the best completion selects beyond those.
    never : tuple of str
        Features that the best completion leaves out.
    dead_ends : mapping of str to str
        Changes of one answer that contradict the others, with the constraint that says why: the option that is taken
        up, or ``no `` and the option that is given up.
    because : str
        Why these duties and not others.
    """

    name: str
    answers: Answers
    duties: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    dead_ends: Mapping[str, str] = field(default_factory=dict)
    because: str = ""


CREDIT_SCORING = Persona(
    "credit scoring at a French bank",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system"),
        "jurisdiction": ("european_union",),
        "persons_concerned": ("individuals_concerned", "profiling"),
        "area_of_use": ("area_creditworthiness",),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("fully_automated",),
        "effect_on_people": ("legal_or_similar_effect",),
        "personal_data_used": ("personal_data",),
        "legal_basis": ("contract_with_person",),
        "data_origin": ("collected_by_us", "received_from_third_party"),
        "target_kind": ("binary_target",),
        "protected_attributes": ("known_for_training_and_test",),
        "protected_groups": ("crossed_groups",),
        "measured_data_facts": ("imbalanced_classes", "under_represented_group", "base_rates_differ", "missing_values"),
        "bias_sources": (),
        "view_of_differences": ("differences_reflect_reality",),
        "harmful_error": ("wrong_refusal",),
        "explanation_questions": ("how_the_model_works", "why_this_result"),
        "explanation_audience": ("affected_persons", "auditors"),
        "simple_model_accuracy": ("simple_model_suffices",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": ("attack_pays",),
    },
    duties=(
        *("high_risk", "gdpr_applies", "automated_decision", "high_stakes"),
        *("equal_opportunity", "intersectional_analysis", "bias_mitigation", "fairness_gate", "tradeoff_record"),
        *("risk_assessment", "data_protection_impact_assessment", "fundamental_rights_impact_assessment"),
        *("human_review_on_request", "contestation_channel", "override_and_stop", "decision_log"),
        *("local_explanation", "global_explanation", "technical_documentation", "notice_to_affected_persons"),
        *("data_provenance_record", "noise_robustness", "adversarial_review", "skops_format", "interpretable_model"),
    ),
    proposed=("reweighing", "explainable_boosting", "glass_box_explanation"),
    never=(
        *("demographic_parity", "threshold_optimiser", "exponentiated_gradient", "group_oversampling"),
        *("two_person_verification", "independent_bias_audit", "publication_of_main_rules", "k_anonymity"),
        *("notice_to_workers", "legal_review", "shap_explanation"),
    ),
    dead_ends={
        "legitimate_interests": "automated-decision-needs-its-ground",
        "special_category_data": "automated-decision-on-sensitive-data-needs-consent-or-law",
    },
    because=(
        "Credit is in Annex III and the system decides alone, so the duties on high-risk systems and on automated "
        "decisions meet; a wrong refusal is the error that hurts, so true positives are compared."
    ),
)

CURRICULUM_SCREENING = Persona(
    "screening of curricula in New York",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system"),
        "jurisdiction": ("united_states_employment", "new_york_city_hiring"),
        "persons_concerned": ("individuals_concerned", "profiling"),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("human_decides",),
        "effect_on_people": ("legal_or_similar_effect",),
        "personal_data_used": ("personal_data",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("binary_target",),
        "protected_attributes": ("known_also_at_prediction",),
        "protected_groups": ("crossed_groups",),
        "measured_data_facts": ("base_rates_differ", "small_groups", "proxy_columns"),
        "bias_sources": ("labels_may_be_biased",),
        "explanation_questions": ("why_this_result",),
        "explanation_audience": ("professional_users",),
        "simple_model_accuracy": ("simple_model_falls_short",),
        "sharing": ("statistics_published",),
        "serving": ("served_online",),
        "operating_conditions": (),
    },
    duties=(
        *("demographic_parity", "intersectional_analysis", "label_review", "proxy_review", "bias_mitigation"),
        *("independent_bias_audit", "audit_summary_published", "notice_to_affected_persons", "contestation_channel"),
        *("instructions_for_use", "approval_before_release", "disclosure_control", "skops_format"),
    ),
    proposed=("reweighing", "explainable_boosting"),
    never=(
        *("high_risk", "gdpr_applies", "conformity_assessment", "fundamental_rights_impact_assessment"),
        *("data_protection_impact_assessment", "record_of_processing", "artificial_intelligence_literacy"),
        *("threshold_optimiser", "k_nearest_neighbours", "technical_documentation"),
    ),
    dead_ends={"no individuals_concerned": "hiring-concerns-individuals"},
    because=(
        "The city asks for an audit, its summary and a notice, the federal guidelines for selection rates; nothing of "
        "European law binds."
    ),
)

HOSPITAL_TRIAGE = Persona(
    "triage at a public hospital",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("uses_system", "develops_system", "public_service_body"),
        "jurisdiction": ("european_union",),
        "persons_concerned": ("individuals_concerned", "profiling", "vulnerable_people_affected"),
        "area_of_use": ("area_emergency_services", "regulated_product"),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("human_decides",),
        "effect_on_people": ("health_or_safety_effect",),
        "personal_data_used": ("personal_data", "special_category_data"),
        "legal_basis": ("legal_duty_or_public_interest",),
        "scale_of_processing": ("large_scale",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("binary_target",),
        "protected_attributes": ("known_for_training_and_test",),
        "protected_groups": ("several_groups",),
        "measured_data_facts": ("missing_values", "outlying_values", "small_groups"),
        "bias_sources": (),
        "view_of_differences": ("differences_reflect_reality",),
        "harmful_error": ("both_errors",),
        "explanation_questions": ("why_this_result", "what_if_a_value_changed"),
        "explanation_audience": ("professional_users",),
        "simple_model_accuracy": ("simple_model_falls_short",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": (),
    },
    duties=(
        *("high_risk", "high_stakes", "equalized_odds", "care_for_vulnerable_people", "special_category_safeguards"),
        *("pseudonymisation", "access_control", "retention_and_erasure", "legal_review", "missing_value_rules"),
        *("data_protection_impact_assessment", "fundamental_rights_impact_assessment", "conformity_assessment"),
        *("registration_in_union_database", "objection_channel", "instructions_for_use", "local_explanation"),
    ),
    proposed=("explainable_boosting", "glass_box_explanation", "native_columns"),
    never=("automated_decision", "bias_mitigation", "human_review_on_request", "contestation_channel", "derogated"),
    because=(
        "Triage is in Annex III and the hospital is a public body; health data ask for safeguards, and a person "
        "decides on each case."
    ),
)

CHURN_OF_COMPANIES = Persona(
    "churn of business customers, no personal data",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system"),
        "jurisdiction": ("european_union",),
        "persons_concerned": (),
        "area_of_use": ("none_of_these_areas",),
        "prohibited_practices": ("none_of_these_practices",),
        "personal_data_used": ("no_personal_data",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("binary_target",),
        "measured_data_facts": ("imbalanced_classes",),
        "explanation_questions": ("how_the_model_works",),
        "explanation_audience": ("developers",),
        "simple_model_accuracy": ("simple_model_falls_short",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": (),
    },
    duties=(
        "artificial_intelligence_literacy",
        "global_explanation",
        "balanced_figures_read",
        "model_card",
        "go_decision",
    ),
    proposed=("histogram_gradient_boosting", "tree_shap_explanation", "skops_format"),
    never=(
        *("fairness", "privacy", "high_stakes", "risk_assessment", "notice_to_affected_persons", "legal_review"),
        *("contestation_channel", "human_oversight", "stakeholder_consultation", "record_of_processing"),
    ),
    dead_ends={
        "united_states_employment": "hiring-concerns-individuals",
        "new_york_city_hiring": "hiring-concerns-individuals",
    },
    because="Companies are no people, so what is left is what every project owes and what staff must know.",
)

MUNICIPAL_BENEFITS = Persona(
    "municipal benefits granted by an algorithm alone",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system", "public_service_body"),
        "jurisdiction": ("european_union", "french_public_administration"),
        "persons_concerned": ("individuals_concerned", "profiling", "direct_interaction", "vulnerable_people_affected"),
        "area_of_use": ("area_public_benefits",),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("fully_automated",),
        "effect_on_people": ("legal_or_similar_effect",),
        "personal_data_used": ("personal_data",),
        "legal_basis": ("legal_duty_or_public_interest",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("binary_target",),
        "protected_attributes": ("known_for_training_and_test",),
        "protected_groups": ("several_groups",),
        "measured_data_facts": ("under_represented_group",),
        "bias_sources": (),
        "view_of_differences": ("view_undecided",),
        "explanation_questions": ("why_this_result",),
        "explanation_audience": ("affected_persons",),
        "simple_model_accuracy": ("simple_model_suffices",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": (),
    },
    duties=(
        *("automated_decision", "publication_of_main_rules", "contestation_channel", "human_review_on_request"),
        *("fundamental_rights_impact_assessment", "registration_in_union_database", "notice_of_ai_interaction"),
        *("care_for_vulnerable_people", "demographic_parity", "bias_mitigation", "objection_channel"),
    ),
    proposed=("reweighing", "explainable_boosting"),
    never=("group_oversampling", "threshold_optimiser", "legal_review", "k_anonymity", "independent_bias_audit"),
    dead_ends={
        "legitimate_interests": "automated-decision-needs-its-ground",
        "special_category_data": "french-automated-decision-excludes-sensitive-data",
        "continual_learning": "french-decision-does-not-rest-on-a-learning-system",
    },
    because=(
        "A French town decides by algorithm alone on people in need: rules are published, decisions can be contested, "
        "and a person looks again."
    ),
)

SOCIAL_SCORING = Persona(
    "score of citizens on their social behaviour",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system", "public_service_body"),
        "jurisdiction": ("european_union",),
        "persons_concerned": ("individuals_concerned", "profiling"),
        "area_of_use": ("area_public_benefits",),
        "prohibited_practices": ("social_scoring",),
    },
    because="Article 5 prohibits social scoring in the European Union.",
)

RESEARCH_RELEASE = Persona(
    "release of a research data set with its baseline model",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system",),
        "jurisdiction": ("european_union", "other_jurisdiction"),
        "persons_concerned": (),
        "area_of_use": ("none_of_these_areas",),
        "prohibited_practices": ("none_of_these_practices",),
        "personal_data_used": ("personal_data", "special_category_data"),
        "legal_basis": ("legal_duty_or_public_interest",),
        "scale_of_processing": ("few_people",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("binary_target",),
        "measured_data_facts": ("singled_out_records",),
        "explanation_questions": (),
        "explanation_audience": ("developers",),
        "simple_model_accuracy": ("accuracy_gap_not_measured",),
        "sharing": ("data_shared", "statistics_published", "model_distributed"),
        "licence": ("contract_licence",),
        "serving": ("not_in_production",),
        "operating_conditions": (),
    },
    duties=(
        *("k_anonymity", "reidentification_review", "disclosure_control", "skops_format", "pseudonymisation"),
        *("legal_review", "record_of_processing", "data_minimisation"),
    ),
    proposed=("logistic_regression",),
    never=(
        *("fairness", "high_stakes", "explanation_mechanism", "data_protection_impact_assessment"),
        *("contestation_channel", "risk_assessment", "special_category_safeguards"),
    ),
    dead_ends={
        "text_columns": "blurred-rows-hold-no-free-text",
        "date_columns": "blurred-rows-hold-no-free-text",
        "united_states_employment": "hiring-concerns-individuals",
        "new_york_city_hiring": "hiring-concerns-individuals",
    },
    because="Data on people leave the house, so what may give them away is what counts; nobody is decided upon.",
)

LIFE_INSURANCE = Persona(
    "acceptance of risks in life insurance",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system"),
        "jurisdiction": ("european_union",),
        "persons_concerned": ("individuals_concerned", "profiling"),
        "area_of_use": ("area_life_and_health_insurance",),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("human_decides",),
        "effect_on_people": ("legal_or_similar_effect",),
        "personal_data_used": ("personal_data", "special_category_data"),
        "legal_basis": ("contract_with_person",),
        "scale_of_processing": ("large_scale",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("binary_target",),
        "protected_attributes": ("known_for_training_and_test",),
        "protected_groups": ("two_groups",),
        "measured_data_facts": ("base_rates_differ",),
        "bias_sources": (),
        "view_of_differences": ("differences_reflect_reality",),
        "harmful_error": ("errors_among_selected",),
        "explanation_questions": ("how_the_model_works",),
        "explanation_audience": ("auditors",),
        "simple_model_accuracy": ("simple_model_suffices",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": (),
    },
    duties=(
        *("predictive_parity", "fairness_gate", "fundamental_rights_impact_assessment", "special_category_safeguards"),
        *("data_protection_impact_assessment", "local_explanation", "contestation_channel", "interpretable_model"),
    ),
    never=("bias_mitigation", "automated_decision", "human_review_on_request", "threshold_optimiser"),
    dead_ends={
        "fully_automated": "automated-decision-on-sensitive-data-needs-consent-or-law",
        "decisive_score_for_third_party": "automated-decision-on-sensitive-data-needs-consent-or-law",
    },
    because=(
        "Life insurance is in Annex III; a wrong acceptance is the error that costs, so precision among the selected "
        "is compared."
    ),
)

MARKETING = Persona(
    "choice of customers for a marketing campaign",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system"),
        "jurisdiction": ("european_union",),
        "persons_concerned": ("individuals_concerned", "profiling"),
        "area_of_use": ("none_of_these_areas",),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("fully_automated",),
        "effect_on_people": ("only_minor_effects",),
        "reversibility": ("easily_reversible",),
        "personal_data_used": ("personal_data",),
        "legal_basis": ("legitimate_interests",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("binary_target",),
        "protected_attributes": ("known_for_training_and_test",),
        "protected_groups": ("two_groups",),
        "measured_data_facts": ("imbalanced_classes", "under_represented_group"),
        "bias_sources": (),
        "view_of_differences": ("differences_reflect_reality",),
        "harmful_error": ("wrong_refusal",),
        "explanation_questions": ("how_the_model_works",),
        "explanation_audience": ("professional_users",),
        "simple_model_accuracy": ("simple_model_suffices",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": (),
    },
    duties=(
        *("fairness", "equal_opportunity", "bias_mitigation", "fairness_gate", "tradeoff_record"),
        *("objection_channel", "notice_to_affected_persons", "record_of_processing", "access_on_request"),
    ),
    proposed=("exponentiated_gradient", "joblib_format", "run_tracking", "logistic_regression"),
    never=(
        *("high_stakes", "automated_decision", "risk_assessment", "data_protection_impact_assessment"),
        *("contestation_channel", "stakeholder_consultation", "reweighing", "threshold_optimiser"),
    ),
    dead_ends={"legal_or_similar_effect": "automated-decision-needs-its-ground"},
    because=(
        "An advertisement is a minor matter, yet its customers are profiled on the ground of legitimate interests and "
        "may object."
    ),
)

RELEASE_AFTER_ARREST = Persona(
    "release after arrest, outside the European Union",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system",),
        "jurisdiction": ("other_jurisdiction",),
        "persons_concerned": ("individuals_concerned", "profiling"),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("human_decides",),
        "effect_on_people": ("legal_or_similar_effect",),
        "personal_data_used": ("personal_data", "criminal_offence_data"),
        "data_origin": ("open_data",),
        "target_kind": ("binary_target",),
        "protected_attributes": ("known_also_at_prediction",),
        "protected_groups": ("crossed_groups",),
        "measured_data_facts": ("under_represented_group", "base_rates_differ", "imbalanced_classes"),
        "bias_sources": ("labels_may_be_biased",),
        "explanation_questions": ("how_the_model_works", "why_this_result"),
        "explanation_audience": ("auditors",),
        "simple_model_accuracy": ("accuracy_gap_not_measured",),
        "sharing": ("nothing_shared",),
        "serving": ("not_in_production",),
        "operating_conditions": (),
    },
    duties=(
        *("high_stakes", "fairness", "demographic_parity", "intersectional_analysis", "label_review"),
        *("bias_mitigation", "fairness_gate", "tradeoff_record", "stakeholder_consultation", "contestation_channel"),
        *("local_explanation", "global_explanation", "skops_format", "noise_robustness", "run_tracking", "privacy"),
    ),
    proposed=("reweighing", "logistic_regression"),
    never=(
        *("high_risk", "gdpr_applies", "data_protection_impact_assessment", "conformity_assessment"),
        *("threshold_optimiser", "exponentiated_gradient", "group_oversampling", "k_nearest_neighbours"),
    ),
    because=(
        "Liberty is at stake and past decisions made the labels; outside the European Union this rests on method, not "
        "on its law."
    ),
)

FEDERAL_GRANTS = Persona(
    "eligibility for a grant of the Canadian federal administration",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system"),
        "jurisdiction": ("canadian_federal_administration",),
        "persons_concerned": ("individuals_concerned",),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("fully_automated",),
        "effect_on_people": ("legal_or_similar_effect",),
        "reversibility": ("easily_reversible",),
        "personal_data_used": ("personal_data",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("binary_target",),
        "protected_attributes": ("known_for_training_and_test",),
        "protected_groups": ("two_groups",),
        "measured_data_facts": (),
        "bias_sources": (),
        "view_of_differences": ("representation_goal_set",),
        "explanation_questions": ("why_this_result",),
        "explanation_audience": ("affected_persons",),
        "simple_model_accuracy": ("simple_model_suffices",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": (),
    },
    duties=(
        *("canadian_algorithmic_impact_assessment", "notice_to_affected_persons", "contestation_channel"),
        *("local_explanation", "override_and_stop", "demographic_parity", "fairness_gate"),
    ),
    never=("gdpr_applies", "high_risk", "automated_decision", "bias_mitigation", "artificial_intelligence_literacy"),
    dead_ends={
        "hard_to_reverse": "irreversible-canadian-decisions-are-taken-by-people",
        "irreversible": "irreversible-canadian-decisions-are-taken-by-people",
    },
    because="The federal directive asks for its own assessment, a notice, reasons and recourse.",
)

ADMISSION_FILES = Persona(
    "preparation of admission files at a university, without profiling",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system", "public_service_body"),
        "jurisdiction": ("european_union",),
        "persons_concerned": ("individuals_concerned",),
        "area_of_use": ("area_education",),
        "prohibited_practices": ("none_of_these_practices",),
        "narrow_task": ("preparatory_task",),
        "decision_automation": ("human_decides",),
        "effect_on_people": ("only_minor_effects",),
        "reversibility": ("easily_reversible",),
        "personal_data_used": ("personal_data",),
        "legal_basis": ("legal_duty_or_public_interest",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("binary_target",),
        "protected_attributes": ("only_proxies_known",),
        "protected_groups": ("several_groups",),
        "measured_data_facts": ("under_represented_group",),
        "bias_sources": (),
        "view_of_differences": ("differences_reflect_bias",),
        "explanation_questions": (),
        "explanation_audience": (),
        "simple_model_accuracy": ("simple_model_suffices",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": (),
    },
    duties=(
        *("derogated", "derogation_record", "registration_in_union_database", "fairness", "demographic_parity"),
        "proxy_review",
    ),
    never=(
        *("high_risk", "high_stakes", "conformity_assessment", "fundamental_rights_impact_assessment"),
        *("bias_mitigation", "explanation_mechanism"),
    ),
    because="Education is in Annex III; preparing files without profiling is a narrow task, noted and registered.",
)

CREDIT_BUREAU = Persona(
    "score of a credit bureau on which lenders draw strongly",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system",),
        "jurisdiction": ("european_union",),
        "persons_concerned": ("individuals_concerned", "profiling", "decisive_score_for_third_party"),
        "area_of_use": ("area_creditworthiness",),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("human_decides",),
        "effect_on_people": ("legal_or_similar_effect",),
        "personal_data_used": ("personal_data",),
        "legal_basis": ("consent",),
        "data_origin": ("received_from_third_party",),
        "target_kind": ("binary_target",),
        "protected_attributes": ("attributes_not_known",),
        "measured_data_facts": ("proxy_columns",),
        "bias_sources": (),
        "explanation_questions": ("why_this_result",),
        "explanation_audience": ("affected_persons", "professional_users"),
        "simple_model_accuracy": ("simple_model_suffices",),
        "sharing": ("nothing_shared",),
        "serving": ("not_in_production",),
        "operating_conditions": ("attack_pays",),
    },
    duties=(
        *("automated_decision", "high_risk", "human_review_on_request", "contestation_channel"),
        *("withdrawal_of_consent", "instructions_for_use", "discrimination_review_without_attributes"),
        *("data_provenance_record", "registration_in_union_database"),
    ),
    never=("fairness", "fundamental_rights_impact_assessment", "proxy_review"),
    dead_ends={"legitimate_interests": "automated-decision-needs-its-ground"},
    because="Lenders draw strongly on the score, so it is the decision; groups are unknown, so people review it.",
)

PERSONAS = (
    *(CREDIT_SCORING, CURRICULUM_SCREENING, HOSPITAL_TRIAGE, CHURN_OF_COMPANIES, MUNICIPAL_BENEFITS),
    *(RESEARCH_RELEASE, LIFE_INSURANCE, MARKETING, RELEASE_AFTER_ARREST, FEDERAL_GRANTS, ADMISSION_FILES),
    CREDIT_BUREAU,
)
