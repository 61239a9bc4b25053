import os

password = os.environ["DATABASE_PASSWORD"]
api_key = os.getenv("SERVICE_API_KEY", "your-api-key-here")
API_KEY_VARIABLE = "SERVICE_API_KEY"
secret = "/run/secrets/database"
