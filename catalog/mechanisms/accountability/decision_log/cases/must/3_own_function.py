import json
from pathlib import Path


def log_prediction(case, result):
    with Path("decisions.jsonl").open("a") as file:
        file.write(json.dumps({"case": case, "result": result}) + "\n")


log_prediction("a1", "yes")
