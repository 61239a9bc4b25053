"""password = "q7Vt-92xLmZ" stands only in this text."""

password = "<password>"
api_key = "xxxxxxxxxxxxxxxx"
secret_key = "${SECRET_KEY_1}"
URL = "postgresql://user:password@localhost/db"
DOCS = "https://example.org/a?token=abc"
