from __future__ import annotations

import hashlib
import json

import pandas as pd
import pytest

KEY = "000102030405060708090a0b0c0d0e0f" * 2


@pytest.fixture
def table():
    return pd.DataFrame({"person": ["ann", "bob", None, "ann"], "age": [20.0, 30.0, 40.0, 50.0]}, index=[4, 3, 2, 1])


def _by_hand(key, message):
    """RFC 2104: H((K xor opad) || H((K xor ipad) || m)), the key filled with zeros up to 64 bytes."""
    filled = key + bytes(64 - len(key))
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in filled) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in filled) + inner).hexdigest()


def test_a_pseudonym_is_the_keyed_hash_of_the_rfc(component):
    key = bytes.fromhex(KEY)

    found = component.pseudonyms(pd.Series(["ann", "Zoé", "12 rue de l'Église"]), key)

    assert found.tolist() == [_by_hand(key, text.encode()) for text in ("ann", "Zoé", "12 rue de l'Église")]


def test_rows_of_one_person_stay_together_and_nothing_else_changes(component, table, monkeypatch):
    monkeypatch.setenv(component.KEY, KEY)
    before = table.copy()

    after = component.protect(table, "person")

    assert after["person"].loc[4] == after["person"].loc[1] != after["person"].loc[3]
    assert after["person"].isna().tolist() == [False, False, True, False]
    pd.testing.assert_frame_equal(after.drop(columns="person"), before.drop(columns="person"))
    pd.testing.assert_frame_equal(table, before)


def test_another_key_gives_other_pseudonyms(component):
    values = pd.Series(["ann"])

    first, second = (component.pseudonyms(values, bytes([number, 1]) * 16).iloc[0] for number in (2, 3))

    assert first != second
    assert first != hashlib.sha256(b"ann").hexdigest()


@pytest.mark.parametrize("key", ["", "not-hex-at-all", KEY[:62], "00" * 32, "0" * 63])
def test_a_missing_or_weak_key_is_refused_without_being_repeated(component, table, monkeypatch, key):
    monkeypatch.setenv(component.KEY, key)

    with pytest.raises(ValueError, match=component.KEY) as refusal:
        component.protect(table, "person")

    assert not key or key not in str(refusal.value)


def test_no_key_is_asked_where_no_column_names_persons(component, table, monkeypatch):
    monkeypatch.delenv(component.KEY, raising=False)

    assert component.protect(table, None) is table
    assert component.protect(table[["age"]], "person").columns.tolist() == ["age"]
    assert component.report(table, None)["holds"] is None


def test_plain_and_cut_identifiers_are_found(component, table, monkeypatch):
    monkeypatch.setenv(component.KEY, KEY)
    replaced = component.protect(table, "person")

    found = component.report(replaced, "person")
    cut = component.report(replaced.assign(person=replaced["person"].str[:16]), "person")

    assert found["holds"] is True
    assert found["measured"] == {"column": "person", "persons": 2, "rows_without_identifier": 1, "rows_not_replaced": 0}
    assert cut["holds"] is False
    assert component.report(table, "person")["measured"]["rows_not_replaced"] == 3
    assert "ann" not in json.dumps(component.report(table, "person"))
