import boto3

loop = boto3.client("sagemaker-a2i-runtime")
loop.start_human_loop(HumanLoopName="loan-1", FlowDefinitionArn="arn:review", HumanLoopInput={"InputContent": "{}"})
