"""The model and the evidence for it, bound together by hashes and a signature, and checked before the model is loaded.

SHA-256 (FIPS 180-4) of each file, written to ``models/seal.json``, and over that list an Ed25519 signature (RFC 8032)
in ``models/seal.sig``. The hashes find damage and exchange of single files. Against somebody who may write all of them
only the signature helps: the private key signs where models are tested and is kept there; wherever the public key is
in the environment, a model without a valid signature is not loaded. A new pair of keys is printed by

    python -c "import <this module> as seal; print(seal.new_keys())"

where ``<this module>`` is its dotted name.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

#: Environment variables of the keys, 32 bytes each in base 64.
PRIVATE_KEY, PUBLIC_KEY = "MODEL_SIGNING_KEY", "MODEL_VERIFYING_KEY"

#: Folders whose files are sealed.
_SEALED = ("models", "evidence", "documents")
_LIST, _SIGNATURE = "seal.json", "seal.sig"
#: Written after the list, so not in it.
_OWN_EVIDENCE = "evidence/signed_model.json"


def seal(model_file: Path, folder: Path) -> dict[str, Any]:
    """List the hashes of model, evidence and documents, and sign the list where a key is in the environment.

    Parameters
    ----------
    model_file : Path
        The model that was tested.
    folder : Path
        The project.

    Returns
    -------
    dict
        Evidence; ``holds`` is None where there is no key to sign with.

    Raises
    ------
    ValueError
        If the key is none.
    """
    text = os.environ.get(PRIVATE_KEY, "")
    key = Ed25519PrivateKey.from_private_bytes(_bytes_of(text, PRIVATE_KEY)) if text else None
    model = model_file.relative_to(folder).as_posix()
    listed, signature = model_file.with_name(_LIST), model_file.with_name(_SIGNATURE)
    # A signature of an earlier list must not stand beside the new one.
    signature.unlink(missing_ok=True)
    hashes = {
        name: file_hash(folder / name)
        for name in sorted(
            file.relative_to(folder).as_posix()
            for part in _SEALED
            for file in (folder / part).rglob("*")
            if file.is_file()
        )
        if name not in (_OWN_EVIDENCE, listed.relative_to(folder).as_posix())
    }
    content = (json.dumps({"model": model, "sha256": hashes}, indent=2, sort_keys=True) + "\n").encode()
    listed.write_bytes(content)
    measured = {"files": len(hashes), "model_sha256": hashes[model], "list_sha256": hashlib.sha256(content).hexdigest()}
    if key is None:
        because = f"the hashes of {len(hashes)} files are listed but not signed, since {PRIVATE_KEY} holds no key"
        return {"measured": measured, "holds": None, "because": because}
    signature.write_bytes(base64.b64encode(key.sign(content)) + b"\n")
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    return {
        "measured": {**measured, "public_key": public},
        "holds": True,
        "because": f"model, evidence and documents, {len(hashes)} files, are bound together by a signature of {public}",
    }


def check(path: Path, folder: Path) -> None:
    """Refuse a model that is not the sealed one.

    Parameters
    ----------
    path : Path
        The model about to be loaded.
    folder : Path
        The project.

    Raises
    ------
    ValueError
        If the model or its seal is missing or changed; or, where a public key is in the environment, if the list of
        hashes has no signature of its owner.
    """
    listed, signature = path.with_name(_LIST), path.with_name(_SIGNATURE)
    if not listed.exists():
        raise ValueError(f"{listed} is missing, so nothing says that {path.name} is what was tested; train again")
    content = listed.read_bytes()
    public = os.environ.get(PUBLIC_KEY, "")
    if public:
        key = Ed25519PublicKey.from_public_bytes(_bytes_of(public, PUBLIC_KEY))
        try:
            key.verify(base64.b64decode(signature.read_bytes(), validate=False), content)
        except (FileNotFoundError, InvalidSignature, binascii.Error):
            raise ValueError(f"{listed} is not signed by the owner of the key in {PUBLIC_KEY}; load nothing") from None
    found = json.loads(content)
    name = path.relative_to(folder).as_posix()
    beside = [name, *(other for other in found["sha256"] if Path(other).parent == Path(name).parent and other != name)]
    changed = [
        other
        for other in beside
        if not (folder / other).is_file() or file_hash(folder / other) != found["sha256"].get(other)
    ]
    if found["model"] != name or changed:
        raise ValueError(
            f"not what was tested: {', '.join(changed or [name])}; train again, or find out who changed it"
        )


def file_hash(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def new_keys() -> str:
    """A new private key and its public key, as lines to set in the environment."""
    private = Ed25519PrivateKey.generate()
    pair = {PRIVATE_KEY: private.private_bytes_raw(), PUBLIC_KEY: private.public_key().public_bytes_raw()}
    return "\n".join(f"{name}={base64.b64encode(content).decode()}" for name, content in pair.items())


def _bytes_of(text: str, name: str) -> bytes:
    """Key bytes; the text is not repeated in the message of a fault."""
    try:
        content = base64.b64decode(text, validate=True)
    except binascii.Error:
        content = b""
    if len(content) != 32:
        raise ValueError(f"{name} does not hold 32 bytes in base 64; new_keys() of {__name__} makes a pair")
    return content
