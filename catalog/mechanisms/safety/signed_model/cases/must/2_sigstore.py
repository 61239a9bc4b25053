from pathlib import Path

import joblib
from sigstore.models import Bundle
from sigstore.verify import Verifier, policy

path = Path("model.joblib")
bundle = Bundle.from_json(Path("model.sigstore.json").read_text())
Verifier.production().verify_artifact(path.read_bytes(), bundle, policy.Identity(identity="release@example.org"))
print(joblib.load(path))
