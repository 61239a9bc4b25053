import hashlib


def checksum(path, user_name):
    with open(path, "rb") as stream:
        return hashlib.sha256(stream.read()).hexdigest()


digest = hashlib.md5(open("data.csv", "rb").read()).hexdigest()
