from sagemaker import clarify

from credit.cloud import bias_config, data_config, session

processor = clarify.SageMakerClarifyProcessor("role", 1, "ml.m5.large", sagemaker_session=session())
processor.run_pre_training_bias(data_config(), bias_config(), methods=["CI", "DPL"])
