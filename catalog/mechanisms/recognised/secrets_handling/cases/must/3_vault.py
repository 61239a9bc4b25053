import boto3

secret = boto3.client('secretsmanager').get_secret_value(SecretId='risk')
