from sagemaker.workflow.clarify_check_step import ClarifyCheckStep, DataBiasCheckConfig

check = ClarifyCheckStep(
    name="bias",
    clarify_check_config=DataBiasCheckConfig(data_config=data, data_bias_config=groups, methods="all"),
    check_job_config=job,
)
