import json
from pathlib import Path


def require_approval(digest):
    if digest not in json.loads(Path("approvals.json").read_text()):
        raise SystemExit("not approved")


require_approval("0123")
