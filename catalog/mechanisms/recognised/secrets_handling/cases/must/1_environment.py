import os

client = connect(api_key=os.environ['SERVICE_API_KEY'])
