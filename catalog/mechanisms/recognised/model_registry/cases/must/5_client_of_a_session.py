import sagemaker

client = sagemaker.session.Session().sagemaker_client
client.update_model_package(ModelPackageArn=arn, ModelApprovalStatus='Approved')
