from __future__ import annotations

import base64
import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


@pytest.fixture
def project(tmp_path):
    for name, content in {
        "models/model.skops": b"a model",
        "models/model.types.json": b"{}\n",
        "evidence/performance.json": b'{"rows": 3}\n',
        "evidence/signed_model.json": b"of the run before\n",
        "documents/card.md": b"# A card\n",
        "settings.py": b"SEED = 0\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return tmp_path


@pytest.fixture
def keys(component, monkeypatch):
    pair = dict(line.split("=", 1) for line in component.new_keys().splitlines())
    for name in pair:
        monkeypatch.delenv(name, raising=False)
    return pair


def _model(project):
    return project / "models/model.skops"


def test_every_file_is_listed_with_its_hash_and_the_list_is_signed(component, project, keys, monkeypatch):
    monkeypatch.setenv(component.PRIVATE_KEY, keys[component.PRIVATE_KEY])

    found = component.seal(_model(project), project)

    content = (project / "models/seal.json").read_bytes()
    listed = json.loads(content)["sha256"]
    assert listed == {
        name: hashlib.sha256((project / name).read_bytes()).hexdigest()
        for name in ("documents/card.md", "evidence/performance.json", "models/model.skops", "models/model.types.json")
    }
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(keys[component.PUBLIC_KEY]))
    public.verify(base64.b64decode((project / "models/seal.sig").read_bytes()), content)
    assert found["holds"] is True
    assert found["measured"]["public_key"] == keys[component.PUBLIC_KEY]
    assert keys[component.PRIVATE_KEY] not in json.dumps(found) + content.decode()


def test_the_sealed_model_is_let_through_with_and_without_a_key(component, project, keys, monkeypatch):
    monkeypatch.setenv(component.PRIVATE_KEY, keys[component.PRIVATE_KEY])
    component.seal(_model(project), project)

    component.check(_model(project), project)
    monkeypatch.setenv(component.PUBLIC_KEY, keys[component.PUBLIC_KEY])
    component.check(_model(project), project)


@pytest.mark.parametrize("name", ["models/model.skops", "models/model.types.json"])
def test_one_changed_or_lacking_file_beside_the_model_is_found(component, project, keys, name):
    component.seal(_model(project), project)

    (project / name).write_bytes(b"another")
    with pytest.raises(ValueError, match=f"not what was tested: {name}"):
        component.check(_model(project), project)
    (project / name).unlink()
    with pytest.raises(ValueError, match=f"not what was tested: {name}"):
        component.check(_model(project), project)


def test_another_file_of_the_list_is_no_model(component, project, keys):
    component.seal(_model(project), project)

    with pytest.raises(ValueError, match="not what was tested"):
        component.check(project / "models/model.types.json", project)


def test_hashes_written_anew_do_not_help_against_a_signature(component, project, keys, monkeypatch):
    monkeypatch.setenv(component.PRIVATE_KEY, keys[component.PRIVATE_KEY])
    component.seal(_model(project), project)
    monkeypatch.setenv(component.PUBLIC_KEY, keys[component.PUBLIC_KEY])
    _model(project).write_bytes(b"forged")
    signature = (project / "models/seal.sig").read_bytes()
    monkeypatch.delenv(component.PRIVATE_KEY)

    component.seal(_model(project), project)

    with pytest.raises(ValueError, match="not signed by the owner"):
        component.check(_model(project), project)
    (project / "models/seal.sig").write_bytes(signature)
    with pytest.raises(ValueError, match="not signed by the owner"):
        component.check(_model(project), project)


def test_a_signature_of_somebody_else_is_refused(component, project, keys, monkeypatch):
    other = dict(line.split("=", 1) for line in component.new_keys().splitlines())
    monkeypatch.setenv(component.PRIVATE_KEY, other[component.PRIVATE_KEY])
    component.seal(_model(project), project)
    monkeypatch.setenv(component.PUBLIC_KEY, keys[component.PUBLIC_KEY])

    with pytest.raises(ValueError, match="not signed by the owner"):
        component.check(_model(project), project)


def test_without_a_key_the_question_stays_open_and_without_a_seal_nothing_is_loaded(component, project, keys):
    with pytest.raises(ValueError, match="train again"):
        component.check(_model(project), project)

    assert component.seal(_model(project), project)["holds"] is None


@pytest.mark.parametrize("text", ["no key", "AAAA", "A" * 43])
def test_what_is_no_key_is_refused_without_being_repeated(component, project, keys, monkeypatch, text):
    monkeypatch.setenv(component.PRIVATE_KEY, text)

    with pytest.raises(ValueError, match=component.PRIVATE_KEY) as refusal:
        component.seal(_model(project), project)

    assert text not in str(refusal.value)
