"""Further projects as their owners would describe them, with a sentence why each duty binds or does not."""

from __future__ import annotations

from collections.abc import Mapping

from personas import Answers, Persona


def project(name: str, answers: Answers, *, owes: Mapping[str, str], spared: Mapping[str, str]) -> Persona:
    """A persona whose duties stand with their reasons.

    Parameters
    ----------
    name : str
    answers : mapping of str to tuple of str
    owes, spared : mapping of str to str
        Features, several in one text, and why the answers force them or why nothing asks for them.
    """
    duties, never = (tuple(" ".join(reasons).split()) for reasons in (owes, spared))
    because = " ".join((*owes.values(), *spared.values()))
    return Persona(name, answers, duties=duties, never=never, because=because)


INTERNAL_ASSISTANT = project(
    "assistant over the internal documents of a company",
    {
        "kind_of_system": ("language_model",),
        "project_role": ("uses_system", "develops_system", "builds_on_other_model", "workplace_use"),
        "jurisdiction": ("european_union",),
        "language_model_use": ("served_by_provider", "retrieval"),
        "generated_content": (),
        "persons_concerned": ("individuals_concerned", "direct_interaction"),
        "area_of_use": ("none_of_these_areas",),
        "prohibited_practices": ("none_of_these_practices",),
        "personal_data_used": ("personal_data",),
        "legal_basis": ("legitimate_interests",),
        "data_origin": ("collected_by_us",),
        "explanation_questions": (),
        "explanation_audience": ("professional_users",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": (),
        "decision_automation": ("human_decides",),
        "effect_on_people": ("only_minor_effects",),
        "reversibility": ("easily_reversible",),
    },
    owes={
        "artificial_intelligence_literacy": "Staff who build and use it must understand what it can get wrong.",
        "notice_of_ai_interaction": "Whoever types a question must know that a machine answers.",
        "retrieval_quality grounding_checked cited_sources": (
            "Its answers stand on passages of documents, so finding and citing them is measured."
        ),
        "prompts_masked_for_provider processor_contract": (
            "Questions with personal data leave the house for a provider."
        ),
        "pinned_model_revision upstream_changes_announced": "The provider may change the model behind the same name.",
        "record_of_processing objection_channel": (
            "Questions and documents hold personal data, used on the ground of legitimate interests."
        ),
    },
    spared={
        "high_risk conformity_assessment fundamental_rights_impact_assessment": (
            "Searching internal documents is in no area of Annex III."
        ),
        "contestation_channel human_review_on_request": "Nothing is decided about anybody.",
        "tool_allow_list generated_code_controlled": "It writes text and can do nothing else.",
        "group_metrics reweighing": "There is no table of people to compare groups in.",
    },
)

WOLOF_CHATBOT = project(
    "health information by chat in Wolof",
    {
        "kind_of_system": ("language_model",),
        "project_role": ("develops_system", "uses_system", "builds_on_other_model"),
        "jurisdiction": ("other_jurisdiction",),
        "language_model_use": ("low_resource_language", "untrusted_text", "fine_tuned"),
        "persons_concerned": ("individuals_concerned", "direct_interaction", "vulnerable_people_affected"),
        "prohibited_practices": ("none_of_these_practices",),
        "personal_data_used": ("no_personal_data",),
        "data_origin": ("collected_by_us", "open_data"),
        "explanation_questions": (),
        "explanation_audience": ("developers",),
        "sharing": ("model_distributed",),
        "licence": ("licence_with_use_restrictions",),
        "serving": ("served_online",),
        "operating_conditions": (),
        "decision_automation": ("human_decides",),
        "effect_on_people": ("only_minor_effects",),
        "reversibility": ("easily_reversible",),
    },
    owes={
        "language_gap_measured": "A model trained mostly on other languages may be far worse in Wolof.",
        "refusals_measured factuality_measured answers_reviewed_by_people": (
            "Readers cannot check the answers, so people who speak the language do."
        ),
        "red_team input_guard output_guard": "Anybody can write to it, also with ill intent.",
        "care_for_vulnerable_people stakeholder_consultation": "Those who ask are often ill or young.",
        "fine_tuning_data_reviewed": "It was tuned on texts gathered for it.",
        "rail_licence": "The model is given away, and its owners chose to exclude uses.",
    },
    spared={
        "gdpr_applies record_of_processing": (
            "No personal data are kept, and nobody in the European Union is concerned."
        ),
        "artificial_intelligence_literacy machine_readable_marking": (
            "These are duties under the law of the European Union."
        ),
        "retrieval_quality": "It answers from the model alone.",
        "processor_contract prompts_masked_for_provider": "It runs on machines of its own.",
    },
)

CODE_GENERATOR = project(
    "assistant that writes and runs code for developers",
    {
        "kind_of_system": ("language_model",),
        "project_role": ("uses_system", "develops_system", "builds_on_other_model"),
        "jurisdiction": ("european_union",),
        "language_model_use": ("served_by_provider", "generates_code", "tools_with_effects", "read_by_programs"),
        "generated_content": (),
        "persons_concerned": (),
        "area_of_use": ("none_of_these_areas",),
        "prohibited_practices": ("none_of_these_practices",),
        "personal_data_used": ("no_personal_data",),
        "data_origin": ("collected_by_us",),
        "explanation_questions": (),
        "explanation_audience": ("developers",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": (),
    },
    owes={
        "generated_code_controlled": "Code nobody has read would run.",
        "tool_allow_list human_confirmation_of_actions orchestration_guard": (
            "It acts on systems, so it may do only what is listed, and grave steps are confirmed."
        ),
        "typed_answers": "Programs read its answers.",
        "secrets_out_of_code dependencies_reviewed": "Keys and packages are where generated code does harm.",
        "provider_fallback token_budget": "It stops and it costs as its provider decides.",
    },
    spared={
        "gdpr_applies notice_to_affected_persons": "Neither the prompts nor the code hold personal data.",
        "fairness contestation_channel": "It decides about nobody.",
        "grounding_checked": "It retrieves no documents.",
    },
)

PREDICTIVE_MAINTENANCE = project(
    "remaining life of pumps from their sensors",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system"),
        "jurisdiction": ("european_union",),
        "persons_concerned": (),
        "area_of_use": ("none_of_these_areas",),
        "prohibited_practices": ("none_of_these_practices",),
        "personal_data_used": ("no_personal_data",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("numeric_target",),
        "measured_data_facts": ("missing_values", "outlying_values"),
        "explanation_questions": ("how_the_model_works",),
        "explanation_audience": ("professional_users",),
        "simple_model_accuracy": ("simple_model_falls_short",),
        "sharing": ("nothing_shared",),
        "serving": ("served_as_stream", "served_on_devices"),
        "operating_conditions": ("outage_hurts", "data_expected_to_drift", "truth_known_late"),
    },
    owes={
        "missing_value_rules": "Sensors fail, and a gap must not read as a healthy pump.",
        "delayed_labels_filled_in staleness_measured": "Whether a pump fails is known weeks later.",
        "training_and_serving_agree integration_tested_with_a_stub": (
            "It runs on devices at the pump, far from where it was trained."
        ),
        "incident_drills load_and_fault_tests": "An outage stops the plant.",
        "retraining_plan": "Wear changes the readings over time.",
        "global_explanation regression_performance": (
            "Engineers want to see what drives the figure, and how far it is off."
        ),
    },
    spared={
        "fairness privacy notice_to_affected_persons": "There are no people in the data.",
        "high_stakes risk_assessment human_oversight": "It advises when to service a machine.",
        "classification_performance": "A number is predicted, not a class.",
    },
)

MOTOR_INSURANCE = project(
    "price of motor insurance, worked out alone by the system",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system"),
        "jurisdiction": ("european_union",),
        "persons_concerned": ("individuals_concerned", "profiling"),
        "area_of_use": ("none_of_these_areas",),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("fully_automated",),
        "effect_on_people": ("legal_or_similar_effect",),
        "personal_data_used": ("personal_data",),
        "legal_basis": ("contract_with_person",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("numeric_target",),
        "protected_attributes": ("known_for_training_and_test",),
        "protected_groups": ("two_groups",),
        "measured_data_facts": ("base_rates_differ",),
        "bias_sources": (),
        "view_of_differences": ("differences_reflect_reality",),
        "explanation_questions": ("why_this_result",),
        "explanation_audience": ("affected_persons",),
        "simple_model_accuracy": ("simple_model_suffices",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": (),
    },
    owes={
        "automated_decision human_review_on_request contestation_channel": (
            "A price that decides on cover is set by the system alone."
        ),
        "data_protection_impact_assessment": (
            "People are evaluated systematically, and decisions of similar effect rest on it."
        ),
        "equal_group_error group_error bias_mitigation": (
            "For a number, fairness compares how far the prices are off in each group."
        ),
        "plain_language_explanation local_explanation": "Customers ask why they pay what they pay.",
        "data_portability": "The data are processed by contract, and customers may take them along.",
    },
    spared={
        "high_risk fundamental_rights_impact_assessment conformity_assessment": (
            "Annex III names life and health insurance, not motor insurance."
        ),
        "demographic_parity equal_opportunity": "Those criteria speak of yes and no.",
        "two_person_verification": "Nobody is identified by biometrics.",
    },
)

SCHOOL_ADMISSION = project(
    "ranking of applications to a public school",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system", "public_service_body"),
        "jurisdiction": ("european_union", "french_public_administration"),
        "persons_concerned": ("individuals_concerned", "profiling", "vulnerable_people_affected"),
        "area_of_use": ("area_education",),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("human_decides",),
        "effect_on_people": ("legal_or_similar_effect",),
        "personal_data_used": ("personal_data",),
        "legal_basis": ("legal_duty_or_public_interest",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("binary_target",),
        "protected_attributes": ("known_for_training_and_test",),
        "protected_groups": ("several_groups",),
        "measured_data_facts": ("base_rates_differ",),
        "bias_sources": ("labels_may_be_biased",),
        "explanation_questions": ("why_this_result", "what_to_change"),
        "explanation_audience": ("affected_persons", "professional_users"),
        "simple_model_accuracy": ("simple_model_suffices",),
        "sharing": ("nothing_shared",),
        "serving": ("served_in_batch",),
        "operating_conditions": ("feedback_loop",),
    },
    owes={
        "high_risk conformity_assessment registration_in_union_database": "Access to education is in Annex III.",
        "fundamental_rights_impact_assessment": "A public body uses it.",
        "publication_of_main_rules": "A French administration bases individual decisions on an algorithm.",
        "care_for_vulnerable_people": "The applicants are minors.",
        "label_review demographic_parity bias_mitigation": "The labels are past decisions that may have been unfair.",
        "counterfactual_explanation_given": "Applicants ask what they could change.",
        "feedback_loop_guard": "Who is admitted shapes the data of next year.",
    },
    spared={
        "automated_decision human_review_on_request": "A board decides, the system advises.",
        "notice_to_workers": "It is not used on workers.",
        "independent_bias_audit canadian_algorithmic_impact_assessment": "Those are laws of other places.",
    },
)

FRAUD_DETECTION = project(
    "detection of fraud in card payments",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system"),
        "jurisdiction": ("european_union",),
        "persons_concerned": ("individuals_concerned", "profiling"),
        "area_of_use": ("none_of_these_areas",),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("automated_with_human_veto",),
        "effect_on_people": ("legal_or_similar_effect",),
        "personal_data_used": ("personal_data",),
        "legal_basis": ("legitimate_interests",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("binary_target",),
        "protected_attributes": ("attributes_not_known",),
        "measured_data_facts": ("imbalanced_classes",),
        "bias_sources": (),
        "explanation_questions": ("why_this_result",),
        "explanation_audience": ("professional_users",),
        "simple_model_accuracy": ("simple_model_falls_short",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": ("attack_pays", "data_expected_to_drift", "truth_known_late"),
    },
    owes={
        "balanced_figures_read": "Fraud is rare, so a model that never finds any is nearly always right.",
        "adversarial_review": "Fraudsters gain by fooling it.",
        "discrimination_review_without_attributes": "Group membership is unknown, the stakes are high.",
        "delayed_labels_filled_in": "Fraud comes to light weeks later.",
        "objection_channel": "The ground is legitimate interests.",
        "contestation_channel override_and_stop": "A blocked card is a grave matter for its holder.",
        "data_protection_impact_assessment": "Payments are evaluated systematically, with grave effects.",
    },
    spared={
        "high_risk conformity_assessment": "Annex III exempts the detection of financial fraud.",
        "fairness group_metrics": "The groups are not known, so no difference between them can be measured.",
        "withdrawal_of_consent": "Nobody was asked for consent.",
    },
)

REAL_TIME_PRICING = project(
    "price of parking spaces in real time",
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
        "legal_basis": ("consent",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("numeric_target",),
        "protected_attributes": ("attributes_not_known",),
        "measured_data_facts": (),
        "bias_sources": (),
        "explanation_questions": (),
        "explanation_audience": ("developers",),
        "simple_model_accuracy": ("simple_model_falls_short",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": ("continual_learning", "data_expected_to_drift", "outage_hurts"),
    },
    owes={
        "withdrawal_of_consent": "The ground is consent.",
        "feedback_loop_guard live_performance": "It learns from sales that its own prices brought about.",
        "retraining_outside_production retraining_plan": "It learns all the time, but not where it serves.",
        "service_level_objectives rollback load_and_fault_tests": "It answers at once, and an outage hurts.",
        "data_portability": "With consent, people may take their data along.",
    },
    spared={
        "high_stakes risk_assessment human_oversight": "A few cents for an hour of parking are no grave effect.",
        "automated_decision human_review_on_request": "Without a legal or similar effect Article 22 does not apply.",
        "fairness": "Nothing is known of groups.",
    },
)

CONTENT_MODERATION = project(
    "hiding of hateful comments on a platform",
    {
        "kind_of_system": ("language_model",),
        "project_role": ("uses_system", "develops_system", "builds_on_other_model"),
        "jurisdiction": ("european_union",),
        "language_model_use": ("untrusted_text", "fine_tuned", "read_by_programs"),
        "generated_content": (),
        "persons_concerned": ("individuals_concerned", "vulnerable_people_affected"),
        "area_of_use": ("none_of_these_areas",),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("automated_with_human_veto",),
        "effect_on_people": ("only_minor_effects",),
        "reversibility": ("easily_reversible",),
        "personal_data_used": ("personal_data",),
        "legal_basis": ("legitimate_interests",),
        "data_origin": ("collected_by_us",),
        "explanation_questions": ("why_this_result",),
        "explanation_audience": ("affected_persons",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": ("attack_pays", "data_expected_to_drift"),
    },
    owes={
        "red_team adversarial_review input_guard": "Those whose comments are hidden try to get round it.",
        "paired_prompt_tests": "Dialects and names must not make a comment hateful.",
        "fine_tuning_data_reviewed": "It was tuned on comments that people had judged.",
        "plain_language_explanation local_explanation": "Authors are told why a comment was hidden.",
        "care_for_vulnerable_people": "Minors read and write there.",
        "objection_channel record_of_processing": (
            "Comments are personal data, used on the ground of legitimate interests."
        ),
    },
    spared={
        "high_risk conformity_assessment": "Moderation is in no area of Annex III.",
        "notice_of_ai_interaction": "Nobody talks to it.",
        "retrieval_quality tool_allow_list": "It only sorts texts.",
    },
)

RESEARCH_WITH_OPEN_DATA = project(
    "study of crime rates in communities with open data",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system",),
        "jurisdiction": ("other_jurisdiction",),
        "persons_concerned": (),
        "prohibited_practices": ("none_of_these_practices",),
        "personal_data_used": ("no_personal_data",),
        "data_origin": ("open_data",),
        "target_kind": ("numeric_target",),
        "measured_data_facts": ("missing_values",),
        "explanation_questions": ("how_the_model_works",),
        "explanation_audience": ("developers",),
        "simple_model_accuracy": ("simple_model_suffices",),
        "sharing": ("model_distributed", "statistics_published"),
        "licence": ("open_licence",),
        "serving": ("not_in_production",),
        "operating_conditions": (),
    },
    owes={
        "terms_of_use_checked external_data_copied": "The data belong to others and may vanish.",
        "skops_format model_integrity": "The model is given to people who do not know its makers.",
        "missing_value_rules": "Many counts are missing.",
        "regression_performance global_explanation": "A rate is predicted, and readers ask what drives it.",
    },
    spared={
        "rail_licence": "Its owners chose an open licence.",
        "fairness privacy notice_to_affected_persons": "Rows are communities, not people.",
        "in_production canary_release retraining_plan": "It is never put into use.",
        "artificial_intelligence_literacy": "It is neither offered nor used in the European Union.",
    },
)

NEWS_WRITER = project(
    "summaries of council meetings published under a town name",
    {
        "kind_of_system": ("language_model",),
        "project_role": ("uses_system", "develops_system", "builds_on_other_model"),
        "jurisdiction": ("european_union",),
        "language_model_use": ("served_by_provider",),
        "generated_content": ("content_leaves_the_organisation", "informs_the_public"),
        "persons_concerned": (),
        "area_of_use": ("none_of_these_areas",),
        "prohibited_practices": ("none_of_these_practices",),
        "personal_data_used": ("no_personal_data",),
        "data_origin": ("collected_by_us",),
        "explanation_questions": (),
        "explanation_audience": ("professional_users",),
        "sharing": ("nothing_shared",),
        "serving": ("served_in_batch",),
        "operating_conditions": (),
    },
    owes={
        "disclosure_of_generated_content machine_readable_marking": (
            "Generated text informs the public on matters of public interest."
        ),
        "factuality_measured": "Readers take it for fact.",
        "provider_documentation_obtained models_compared_before_choice": (
            "The model is bought, and its limits are known to its provider only."
        ),
    },
    spared={
        "notice_of_ai_interaction": "Readers read; they do not talk to it.",
        "gdpr_applies": "Minutes of public meetings are used without personal data.",
        "input_data_suited high_risk": "Writing summaries is in no area of Annex III.",
    },
)

SHIFT_ALLOCATION = project(
    "allocation of tasks to warehouse workers by their records",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system", "workplace_use"),
        "jurisdiction": ("european_union",),
        "persons_concerned": ("individuals_concerned", "profiling"),
        "area_of_use": ("area_employment",),
        "prohibited_practices": ("none_of_these_practices",),
        "decision_automation": ("human_decides",),
        "effect_on_people": ("legal_or_similar_effect",),
        "personal_data_used": ("personal_data",),
        "legal_basis": ("legitimate_interests",),
        "data_origin": ("collected_by_us",),
        "target_kind": ("several_classes",),
        "protected_attributes": ("known_for_training_and_test",),
        "protected_groups": ("two_groups",),
        "measured_data_facts": ("under_represented_group",),
        "bias_sources": ("labels_may_be_biased",),
        "explanation_questions": ("why_this_result",),
        "explanation_audience": ("professional_users", "affected_persons"),
        "simple_model_accuracy": ("simple_model_falls_short",),
        "sharing": ("nothing_shared",),
        "serving": ("served_in_batch",),
        "operating_conditions": (),
    },
    owes={
        "high_risk notice_to_workers": (
            "Allocating tasks by personal traits is in Annex III, and workers are told beforehand."
        ),
        "class_error_by_group demographic_parity": (
            "With several classes the groups are compared class by class, and past decisions are doubtful."
        ),
        "input_data_suited operation_supervised": "The employer puts its own data in and watches over the use.",
        "objection_channel": "The ground is legitimate interests.",
    },
    spared={
        "fundamental_rights_impact_assessment": "A private employer outside credit and insurance owes none.",
        "automated_decision human_review_on_request": "A shift leader decides.",
        "independent_bias_audit": "That is a law of New York City.",
    },
)

BOOKING_AGENT = project(
    "agent that books journeys for customers",
    {
        "kind_of_system": ("language_model",),
        "project_role": ("uses_system", "develops_system", "builds_on_other_model"),
        "jurisdiction": ("european_union",),
        "language_model_use": (
            "served_by_provider",
            "untrusted_text",
            "tools_with_effects",
            "several_agents",
            "retrieval",
        ),
        "generated_content": ("content_leaves_the_organisation",),
        "persons_concerned": ("individuals_concerned", "direct_interaction"),
        "area_of_use": ("none_of_these_areas",),
        "prohibited_practices": ("none_of_these_practices",),
        "personal_data_used": ("personal_data",),
        "legal_basis": ("contract_with_person",),
        "data_origin": ("collected_by_us",),
        "explanation_questions": (),
        "explanation_audience": ("developers",),
        "sharing": ("nothing_shared",),
        "serving": ("served_online",),
        "operating_conditions": ("attack_pays", "tight_budget"),
        "decision_automation": ("human_decides",),
        "effect_on_people": ("only_minor_effects",),
        "reversibility": ("easily_reversible",),
    },
    owes={
        "tool_allow_list human_confirmation_of_actions": (
            "It spends money, so it may do only what is listed, and customers confirm."
        ),
        "orchestration_guard parts_tested_alone": (
            "Several agents hand work to each other, and text from outside passes between them."
        ),
        "notice_of_ai_interaction": "Customers talk to it.",
        "energy_and_cost_measured token_budget": "The budget is tight.",
        "red_team input_guard": "Somebody gains by steering it, and pages it reads may carry orders.",
        "data_portability processor_contract": "Data are processed by contract, at a provider.",
    },
    spared={
        "high_risk": "Booking journeys is in no area of Annex III.",
        "language_gap_measured": "Its customers write in large languages.",
        "generated_code_controlled": "It writes no code.",
    },
)

#: Stops with the article: inferring emotions at work is prohibited.
EMOTIONS_AT_WORK = Persona(
    "mood of call centre agents from their voices",
    {
        "kind_of_system": ("learns_from_tables",),
        "project_role": ("develops_system", "uses_system", "workplace_use"),
        "jurisdiction": ("european_union",),
        "persons_concerned": ("individuals_concerned", "profiling"),
        "area_of_use": ("area_biometrics", "area_employment"),
        "biometric_use": ("emotion_recognition",),
        "prohibited_practices": ("emotion_inference_at_work_or_school",),
    },
    because="Article 5 prohibits inferring emotions at the workplace in the European Union.",
)

FURTHER_PERSONAS = (
    INTERNAL_ASSISTANT,
    WOLOF_CHATBOT,
    CODE_GENERATOR,
    PREDICTIVE_MAINTENANCE,
    MOTOR_INSURANCE,
    SCHOOL_ADMISSION,
    FRAUD_DETECTION,
    REAL_TIME_PRICING,
    CONTENT_MODERATION,
    RESEARCH_WITH_OPEN_DATA,
    NEWS_WRITER,
    SHIFT_ALLOCATION,
    BOOKING_AGENT,
)
