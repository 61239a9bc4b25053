import hashlib

digest = hashlib.sha256(open('model.bin', 'rb').read()).hexdigest()
