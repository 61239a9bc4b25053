"""Values that identify people: e-mail, telephone, IBAN, French social security and card numbers.

A pattern alone is not enough where ordinary numbers have the same form: one of ten random numbers passes the test of
Luhn, so a column of card or telephone numbers only counts when nearly all its values pass. Nothing else looks like an
e-mail address, and of a hundred random texts one has the check digits of an IBAN; there a few values are enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

Identifying = Literal["e-mail address", "telephone number", "IBAN", "social security number", "card number"]

#: Share of the values looked at that must pass, by kind.
THRESHOLDS: Mapping[Identifying, float] = {
    "e-mail address": 0.05,
    "telephone number": 0.8,
    "IBAN": 0.05,
    "social security number": 0.05,
    "card number": 0.8,
}

#: Characters of the shortest number that is looked for: a telephone number with its country.
SHORTEST = 9

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}\Z")
_PHONE = re.compile(r"(\+|00)[1-9]\d{7,13}\Z|0[1-9]\d{8}\Z|\(?[2-9]\d{2}\)?[-. ]\d{3}[-. ]\d{4}\Z")
_NIR = re.compile(r"[1-478]\d{2}(0[1-9]|1[0-2]|[2-9]\d)(\d{2}|2[AB])\d{6}\d{2}\Z")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}\Z")
_CARD = re.compile(r"[3-6]\d{12,18}\Z")


def identifying(values: Iterable[str]) -> tuple[Identifying, float] | None:
    """What the values are, if they identify people, and the share of them that passes.

    Parameters
    ----------
    values : iterable of str
        A sample of one column, without missing ones.

    Returns
    -------
    tuple or None
        None if no kind passes in at least its share of ``THRESHOLDS``.
    """
    stripped = [value.strip() for value in values]
    if not stripped:
        return None
    # Nothing else is as short as an address or as long as a number: most columns need no further look.
    possible = [value for value in stripped if "@" in value or len(value) >= SHORTEST]
    shares = {kind: sum(map(passes, possible)) / len(stripped) for kind, passes in _TESTS.items()}
    enough = [kind for kind, share in shares.items() if share >= THRESHOLDS[kind]]
    kind = max(enough, key=lambda name: shares[name], default=None)
    return (kind, shares[kind]) if kind is not None else None


def names_somebody(text: str) -> bool:
    """True for a single text that can hardly be anything but an address or number of a person."""
    return is_email(text) or is_iban(text) or is_nir(text)


def is_email(text: str) -> bool:
    """True if the text has the form of an e-mail address."""
    return bool(_EMAIL.match(text))


def is_phone(text: str) -> bool:
    """True for an international number, a French one, or a North American one with separators.

    Ten bare digits are not taken for a North American number: they may be any number.
    """
    joined = re.sub(r"[\s().-]", "", text)
    return bool(_PHONE.match(text)) or (joined[:1] in "+0" and bool(_PHONE.match(joined)))


def is_iban(text: str) -> bool:
    """True if the check digits are right: the rotated number modulo 97 is 1 (ISO 13616)."""
    joined = text.replace(" ", "").upper()
    if not _IBAN.match(joined):
        return False
    return int("".join(str(int(sign, 36)) for sign in joined[4:] + joined[:4])) % 97 == 1


def is_nir(text: str) -> bool:
    """True if the key is right: 97 minus the first 13 digits modulo 97; 2A counts as 19, 2B as 18 (INSEE)."""
    joined = text.replace(" ", "").upper()
    if not _NIR.match(joined):
        return False
    digits = joined.replace("2A", "19", 1) if joined[5:7] == "2A" else joined
    digits = digits.replace("2B", "18", 1) if joined[5:7] == "2B" else digits
    return 97 - int(digits[:13]) % 97 == int(digits[13:])


def is_card(text: str) -> bool:
    """True if Luhn's sum is a multiple of ten (ISO/IEC 7812)."""
    joined = re.sub(r"[ -]", "", text)
    if not _CARD.match(joined):
        return False
    digits = [int(sign) for sign in reversed(joined)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


_TESTS: Mapping[Identifying, Callable[[str], bool]] = {
    "e-mail address": is_email,
    "telephone number": is_phone,
    "IBAN": is_iban,
    "social security number": is_nir,
    "card number": is_card,
}
