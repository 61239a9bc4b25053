"""Personal data that nobody meant to keep, looked for in the table and in everything that the run wrote.

Found are texts whose form gives them away: addresses of e-mail and internet, telephone numbers with a country code,
account and card numbers and social security numbers, these with their check digits: ISO 13616 with ISO 7064 MOD 97-10
(IBAN), ISO/IEC 7812-1 annex B (card), INSEE (NIR). Names, postal addresses and numbers in other forms are not found, so
finding nothing does not say that there is nothing. Only counts and names of columns and files are told, never a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

#: Key of the evidence, under which the second search adds to the first.
_ID = "personal_data_patterns"
#: Folders that a run writes to, and the files in them that hold text.
_WRITTEN = ("evidence", "documents", "records", "models")
_TEXTS = {".json", ".jsonl", ".md", ".html", ".txt", ".csv", ".yaml", ".svg"}

#: Nothing that reads on in letters or digits to either side, or is part of a longer number.
_BEFORE, _AFTER = r"(?<![0-9A-Za-z.+/_-])", r"(?![0-9A-Za-z]|[.,][0-9])"

_CARD = re.compile(
    "4([0-9]{12}|[0-9]{15}|[0-9]{18})|(5[1-5]|2[2-7]|35)[0-9]{14}|3[47][0-9]{13}|3[0689][0-9]{12}|6[0-9]{15,18}"
)


def check(table: pd.DataFrame, expected: Sequence[str] = ()) -> dict[str, Any]:
    """Count the values of each column that look like personal data.

    Parameters
    ----------
    table : DataFrame of shape (n_rows, n_columns)
        Rows as they were read.
    expected : sequence of str
        Columns that are meant to hold such data; they are not looked at.

    Returns
    -------
    dict
        Evidence.
    """
    found = {}
    for column in table.columns:
        if column in expected:
            continue
        counts = counted(as_texts(table[column]))
        if counts:
            found[str(column)] = counts
    return _evidence({"rows": len(table), "columns": len(table.columns) - len(expected), "in_columns": found})


def check_written(evidence: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Add what looks like personal data in the files that the run wrote.

    Parameters
    ----------
    evidence : dict
        What was found so far, by id.
    folder : Path
        The project.

    Returns
    -------
    dict
        Evidence of both searches.
    """
    found, files = {}, 0
    for path in sorted(file for name in _WRITTEN for file in (folder / name).rglob("*") if file.suffix in _TEXTS):
        files += 1
        counts = counted([path.read_text(encoding="utf-8", errors="replace")])
        if counts:
            found[path.relative_to(folder).as_posix()] = counts
    before = evidence.get(_ID, {}).get("measured", {})
    return _evidence({**before, "files": files, "in_files": found})


def _evidence(measured: dict[str, Any]) -> dict[str, Any]:
    places = {**measured.get("in_columns", {}), **measured.get("in_files", {})}
    told = [
        f"{where} ({', '.join(f'{count} {kind}' for kind, count in counts.items())})"
        for where, counts in places.items()
    ]
    looked = [f"{measured[name]} {name}" for name in ("rows", "files") if name in measured]
    return {
        "measured": measured,
        "holds": not told,
        "because": (
            f"what looks like personal data stands in {'; '.join(told)}"
            if told
            else f"nothing in {' and '.join(looked)} has the form of an e-mail or internet address, a telephone, "
            "account, card or social security number"
        ),
    }


def as_texts(values: pd.Series) -> list[str]:
    """Different values as texts; whole numbers without a decimal point."""
    different = values.dropna().unique()
    if pd.api.types.is_float_dtype(values):
        return [f"{value:.0f}" for value in different if abs(value) < 1e15 and value == int(value)]
    return [str(value) for value in different]


def counted(texts: Sequence[str]) -> dict[str, int]:
    """How many matches of each kind the texts hold; only kinds with at least one."""
    counts = {
        kind: sum(1 for text in texts for _ in _matches(pattern, is_valid, text))
        for kind, (pattern, is_valid) in KINDS.items()
    }
    return {kind: count for kind, count in counts.items() if count}


def _matches(pattern: re.Pattern[str], is_valid: Callable[[str], bool], text: str) -> Iterator[str]:
    return (match[0] for match in pattern.finditer(text) if is_valid(match[0]))


def is_iban(text: str) -> bool:
    """Whether the check digits of an international bank account number are right: 97 divides it with remainder 1."""
    plain = text.replace(" ", "").upper()
    turned = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


def is_card(text: str) -> bool:
    """Whether a payment system gives out numbers that begin so and are so long, and the last digit is right (Luhn)."""
    plain = re.sub(r"\D", "", text)
    digits = [int(digit) for digit in plain]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return bool(_CARD.fullmatch(plain)) and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def is_french_security_number(text: str) -> bool:
    """Whether the key of a French social security number is right: 97 minus the remainder of the other 13 digits."""
    plain = text.replace(" ", "").upper()
    # Corsica: INSEE counts 2A as 19 and 2B as 18.
    number = plain[:13].replace("2A", "19").replace("2B", "18")
    return 97 - int(number) % 97 == int(plain[13:])


def is_american_security_number(text: str) -> bool:
    """Whether a number of that form can be given out: no area 000, 666 or 9xx, no group 00, no serial 0000."""
    area, group, serial = text.split("-")
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def is_public_address(text: str) -> bool:
    """Whether four numbers are an internet address of somebody: each below 256, and not of a private or special net.

    Four small numbers are taken for the number of a section or of a version.
    """
    parts = [int(part) for part in text.split(".")]
    special = parts[0] in (0, 10, 127) or parts[0] >= 224 or parts[:2] in ([192, 168], [169, 254])
    return 31 < max(parts) < 256 and not special and not (parts[0] == 172 and 16 <= parts[1] < 32)


def is_telephone(text: str) -> bool:
    """Whether a number with a country code has as many digits as E.164 allows, and is no signed decimal number."""
    return not re.fullmatch(r"\+[0-9]+\.[0-9]+", text) and 8 <= sum(letter.isdigit() for letter in text) <= 15


#: Form and check of each kind.
KINDS: dict[str, tuple[re.Pattern[str], Callable[[str], bool]]] = {
    "e-mail addresses": (
        re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])"),
        lambda text: True,
    ),
    "internet addresses": (re.compile(_BEFORE + r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}" + _AFTER), is_public_address),
    "telephone numbers": (
        re.compile(r"(?<![0-9A-Za-z.+/=])(?:\+|00)[1-9][0-9]{0,2}(?:[ .-]?\(?[0-9]{1,4}\)?){2,6}" + _AFTER),
        is_telephone,
    ),
    "bank account numbers": (
        re.compile(_BEFORE + r"[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?" + _AFTER),
        is_iban,
    ),
    "card numbers": (re.compile(_BEFORE + r"[0-9](?:[ -]?[0-9]){12,18}" + _AFTER), is_card),
    "French social security numbers": (
        re.compile(
            _BEFORE
            # 1 and 2 say the sex; numbers given out until the person is registered begin with 3, 4, 7 or 8.
            + r"[1-478] ?[0-9]{2} ?(?:0[1-9]|1[0-2]|[2-9][0-9]) ?(?:[0-9]{2}|2[AB]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}"
            + _AFTER
        ),
        is_french_security_number,
    ),
    "American social security numbers": (
        re.compile(_BEFORE + r"[0-9]{3}-[0-9]{2}-[0-9]{4}" + _AFTER),
        is_american_security_number,
    ),
}
