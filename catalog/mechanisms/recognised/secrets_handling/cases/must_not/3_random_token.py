import secrets

name = secrets.token_hex(4)
