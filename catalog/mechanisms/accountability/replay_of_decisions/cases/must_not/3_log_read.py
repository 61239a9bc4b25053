import json

# Reading the log makes no decision again.
decisions = [json.loads(line) for line in open("decisions.jsonl")]
print(len(decisions))
