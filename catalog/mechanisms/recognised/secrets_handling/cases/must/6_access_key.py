import os

client = connect(os.getenv('STORE_ACCESS_KEY_ID'), os.getenv('STORE_REGION'))
