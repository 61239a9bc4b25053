import boto3

comprehend = boto3.client("comprehend")
print(comprehend.detect_pii_entities(Text=open("letter.txt").read(), LanguageCode="en")["Entities"])
