import hashlib
from pathlib import Path

import joblib

content = Path("model.joblib").read_bytes()
joblib.dump(joblib.load("model.joblib"), hashlib.sha256(content).hexdigest() + ".joblib")
