import boto3

client = boto3.client("sagemaker")
client.update_model_package(ModelPackageArn="arn:loans", ApprovalDescription="later")
