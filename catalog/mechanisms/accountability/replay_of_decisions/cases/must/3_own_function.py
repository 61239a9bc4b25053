import json

import joblib


def replay_decision(event, model):
    line = next(line for line in open("decisions.jsonl") if event in line)
    entry = json.loads(line)
    return model.predict([entry["inputs"]])[0] == entry["result"]


print(replay_decision("a1", joblib.load("model.joblib")))
