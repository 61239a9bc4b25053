import hashlib


def hidden(patient_id, salt):
    return hashlib.sha256((salt + patient_id).encode()).hexdigest()[:8]  # finds: H004
