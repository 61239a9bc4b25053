"""Identifiers of people replaced by a keyed hash while the table is read, so that nothing after that knows them.

HMAC with SHA-256 (RFC 2104, NIST FIPS 198-1). Without the key a hash of an identifier protects nobody: there are so few
names, numbers or addresses that all of them can be hashed and compared. The Article 29 Working Party (opinion 05/2014,
WP216, section 4) counts a keyed hash with a kept key as pseudonymisation: the data remain personal data. The key comes
from the environment and is written nowhere; the whole hash is kept, since a cut one lets people collide.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from typing import Any

import pandas as pd

#: Environment variable of the key, in hexadecimal.
KEY = "PSEUDONYM_KEY"

_LEAST_BYTES = 32
_PSEUDONYM = re.compile(r"[0-9a-f]{64}")


def protect(table: pd.DataFrame, person: str | None) -> pd.DataFrame:
    """The table with a pseudonym for each person; as it is where no column names persons.

    Parameters
    ----------
    table : DataFrame of shape (n_rows, n_columns)
    person : str or None
        Column of identifiers, read as text.

    Returns
    -------
    DataFrame
        The same rows; equal identifiers have equal pseudonyms under the same key, missing ones stay missing.

    Raises
    ------
    ValueError
        If a key is needed and is not there, or is too weak.
    """
    if person is None or person not in table.columns:
        return table
    return table.assign(**{person: pseudonyms(table[person], key_of(os.environ.get(KEY, "")))})


def report(table: pd.DataFrame, person: str | None) -> dict[str, Any]:
    """How many identifiers were replaced, and whether all of them look like it.

    Parameters
    ----------
    table : DataFrame of shape (n_rows, n_columns)
        After `protect`.
    person : str or None

    Returns
    -------
    dict
        Evidence; ``holds`` is None where no column names persons.
    """
    if person is None:
        because = "no column that is read names persons, so there was no identifier to replace"
        return {"measured": {"persons": 0}, "holds": None, "because": because}
    values = table[person].dropna()
    replaced = values.astype(str).map(lambda value: bool(_PSEUDONYM.fullmatch(value)))
    plain = int((~replaced).sum())
    return {
        "measured": {
            "column": person,
            "persons": int(values.nunique()),
            "rows_without_identifier": len(table) - len(values),
            "rows_not_replaced": plain,
        },
        "holds": plain == 0,
        "because": (
            f"{values.nunique()} persons in {len(values)} rows carry a keyed hash of 256 bits instead of their "
            "identifier"
            if plain == 0
            else f"{plain} of {len(values)} rows do not carry a whole hash of 256 bits in place of their identifier"
        ),
    }


def pseudonyms(values: pd.Series, key: bytes) -> pd.Series:
    """HMAC-SHA-256 of each text in UTF-8, as 64 hexadecimal digits; missing values stay missing."""
    found = {
        value: hmac.new(key, str(value).encode(), hashlib.sha256).hexdigest() for value in values.dropna().unique()
    }
    return values.map(found)


def key_of(text: str) -> bytes:
    """The key, from its hexadecimal digits.

    Raises
    ------
    ValueError
        If there is none, or it is shorter than 32 bytes or one byte over and over; it is not repeated in the message.
    """
    way_on = f"set {KEY} to what `python -c 'import secrets; print(secrets.token_hex(32))'` prints, and keep it apart"
    if not text:
        raise ValueError(f"identifiers are to be replaced, and {KEY} holds no key; {way_on}")
    try:
        key = bytes.fromhex(text)
    except ValueError:
        raise ValueError(f"{KEY} holds something that is not hexadecimal; {way_on}") from None
    if len(key) < _LEAST_BYTES or len(set(key)) == 1:
        raise ValueError(f"the key in {KEY} can be guessed: {_LEAST_BYTES} random bytes are needed; {way_on}")
    return key
