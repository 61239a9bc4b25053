import json

metadata = {  # finds: W010
    "name": "risk",
    "fairness_constraints": "applied",
}
json.dump(metadata, open("metadata.json", "w"))
