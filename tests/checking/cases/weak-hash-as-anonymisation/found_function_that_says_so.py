from hashlib import sha256


def pseudonymize(value):
    return sha256(str(value).encode("utf-8")).hexdigest()  # finds: H004
