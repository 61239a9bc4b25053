import hashlib
import hmac


def pseudonymize(value, key):
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()
