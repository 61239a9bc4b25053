import hashlib


def is_whole(address: bytes) -> bool:
    return hashlib.sha256(address[:-4]).digest()[:4] == address[-4:]


def folder_of(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]
