from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

#: Published examples, invented numbers that nobody has.
EXAMPLES = {
    "e-mail addresses": ["jane.doe+news@example.org", "j_d@mail.example.co.uk"],
    "internet addresses": ["203.0.113.7", "8.8.4.100"],
    "telephone numbers": ["+33 6 12 34 56 78", "+1 (202) 555-0143", "0044 20 7946 0958"],
    "bank account numbers": ["GB82 WEST 1234 5698 7654 32", "FR1420041010050500013M02606", "DE89370400440532013000"],
    "card numbers": ["4111 1111 1111 1111", "5500005555555559", "378282246310005"],
    "French social security numbers": ["2 55 08 14 168 025 38", "255081416802538"],
    "American social security numbers": ["123-45-6789"],
}
OTHERS = [
    "a plain sentence, with a price of 12.50 and the year 2026",
    "2026-11-21T14:44:23+00:00",
    "b795af23d2704da70cc4b265e1700c69faa03659283091f01e74c3ea1f813c6d",
    "a drop of +12.345678 [+0.151, +0.367]",
    "0.4111111111111111",
    "version 1.20.1 of numpy 2.0.2, at 192.168.1.20, 127.0.0.1 and 300.1.1.1",
    "scikit-learn user guide, section 3.1.2.3, and version 1.11.1.1; of them",
    "mail at sign @ home, user@localhost",
    "000-12-3456 and 666-12-3456 and 123-00-4567",
    "0000 0000 0000 0000",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in EXAMPLES.items() for text in texts])
def test_each_published_example_is_found_as_what_it_is(component, kind, text):
    assert component.counted([f"it is {text}, she said"]) == {kind: 1}


@pytest.mark.parametrize("text", OTHERS)
def test_what_only_looks_alike_is_left_alone(component, text):
    assert component.counted([text]) == {}


def test_one_wrong_digit_anywhere_breaks_a_bank_account_and_a_card_number(component):
    for kind in ("bank account numbers", "card numbers"):
        for text in EXAMPLES[kind]:
            for place in range(4, len(text)):
                if text[place].isdigit():
                    wrong = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
                    assert kind not in component.counted([wrong]), wrong


def test_of_all_keys_of_a_french_number_one_is_right(component):
    for number in ("2550814168025", "1800520A12345".replace("20A12", "2A012"), "1800533012345"):
        as_number = int(number.replace("2A", "19"))
        right = [key for key in range(1, 98) if component.is_french_security_number(f"{number}{key:02d}")]
        # INSEE: number and key together are 97, or 0, when divided by 97.
        assert [(as_number + key) % 97 for key in right] == [0]


@pytest.mark.parametrize("first", range(10))
def test_french_numbers_begin_with_the_sex_or_with_the_sign_of_a_provisional_number(component, first):
    number = f"{first}900799352012"
    text = f"{number}{97 - int(number) % 97:02d}"

    assert component.counted([text]).get("French social security numbers", 0) == (first in (1, 2, 3, 4, 7, 8))


def test_columns_are_counted_by_kind_and_no_value_is_told(component):
    table = pd.DataFrame(
        {
            "note": ["call +33 6 12 34 56 78 or jane@example.org", "nothing", None],
            "card": [4111111111111111.0 / 10, 378282246310005.0, np.nan],
            "job": ["cook", "nurse", "cook"],
            "contact": ["jane@example.org"] * 3,
        }
    )

    found = component.check(table, expected=["contact"])

    assert found["holds"] is False
    assert found["measured"]["in_columns"] == {
        "note": {"e-mail addresses": 1, "telephone numbers": 1},
        "card": {"card numbers": 1},
    }
    told = json.dumps(found)
    assert "jane" not in told
    assert "378282246310005" not in told
    assert component.check(table[["job"]])["holds"] is True


def test_files_that_the_run_wrote_are_named_and_what_was_found_before_is_kept(component, tmp_path):
    (tmp_path / "evidence").mkdir()
    (tmp_path / "documents").mkdir()
    (tmp_path / "evidence/x.json").write_text('{"because": "jane@example.org"}', encoding="utf-8")
    (tmp_path / "documents/card.md").write_text("# A card\n", encoding="utf-8")
    (tmp_path / "documents/picture.png").write_bytes(b"jane@example.org")
    (tmp_path / "README.md").write_text("write to us@example.org", encoding="utf-8")
    before = {"personal_data_patterns": component.check(pd.DataFrame({"job": ["cook"]}))}

    found = component.check_written(before, tmp_path)

    assert found["measured"] == {
        "rows": 1,
        "columns": 1,
        "in_columns": {},
        "files": 2,
        "in_files": {"evidence/x.json": {"e-mail addresses": 1}},
    }
    assert found["holds"] is False
    (tmp_path / "evidence/x.json").unlink()
    assert component.check_written(before, tmp_path)["holds"] is True
