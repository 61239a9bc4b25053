import hashlib
import hmac
import os


def is_ours(body, signature):
    return hmac.compare_digest(hmac.new(os.environ["KEY"].encode(), body, hashlib.sha256).hexdigest(), signature)


print(is_ours(b"", ""))
