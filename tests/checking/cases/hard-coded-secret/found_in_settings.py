import os

os.environ["SERVICE_API_KEY"] = "9f8a7c6b5d4e3f2a1b0c"  # finds: H005
settings = {"client_secret": "Zx81-kQp3-77Lm-aa0T"}  # finds: H005


def call(token="4b7c1e9d8f2a6053c1aa"):  # finds: H005
    return token
