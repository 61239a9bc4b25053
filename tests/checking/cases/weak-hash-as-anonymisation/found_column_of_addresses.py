import hashlib

df["email"] = df["email"].apply(lambda value: hashlib.md5(value.encode()).hexdigest())  # finds: H004
