import hashlib
import json


def sealed(entry):
    text = json.dumps({name: entry[name] for name in entry if name != "seal"}, sort_keys=True)
    own = hashlib.sha256(json.dumps({name: entry[name] for name in entry if name != "seal"}).encode()).hexdigest()
    return own, hashlib.sha256(text.encode()).hexdigest()
