import hashlib
import json


def chained(entry):
    return hashlib.sha256(json.dumps({name: entry[name] for name in entry if name != "hash"}).encode()).hexdigest()
