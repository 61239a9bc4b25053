from sagemaker.workflow.clarify_check_step import ClarifyCheckStep, ModelExplainabilityCheckConfig

check = ClarifyCheckStep(
    name="explain",
    clarify_check_config=ModelExplainabilityCheckConfig(data_config=data, model_config=model, explainability_config=how),
    check_job_config=job,
)
