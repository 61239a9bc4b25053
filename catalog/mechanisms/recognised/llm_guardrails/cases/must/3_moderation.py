from openai import OpenAI

client = OpenAI()
result = client.moderations.create(input=text)
