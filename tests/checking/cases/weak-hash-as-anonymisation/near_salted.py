import hashlib
import os

SALT = os.environ["SALT"]
df["email"] = df["email"].map(lambda value: hashlib.sha256((SALT + value).encode()).hexdigest())
