from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatesline.profiling.personal import THRESHOLDS, identifying, is_card, is_email, is_iban, is_nir, is_phone


@given(st.integers(0, 10**9 - 1), st.sampled_from([1, 2]), st.integers(1, 12), st.integers(0, 99))
def test_the_key_of_a_social_security_number_makes_its_digits_divisible(
    rest: int, sex: int, month: int, year: int
) -> None:
    digits = f"{sex}{year:02d}{month:02d}{rest % 10**8:08d}"
    key = next(key for key in range(1, 98) if (int(digits) + key) % 97 == 0)

    assert is_nir(f"{digits}{key:02d}")
    assert not is_nir(f"{digits}{key % 97 + 1:02d}")


def test_corsican_numbers_count_as_19_and_18() -> None:
    for letter, number in (("2A", "19"), ("2B", "18")):
        key = 97 - int(f"18501{number}004001") % 97
        assert is_nir(f"1 85 01 {letter} 004 001 {key:02d}")


@pytest.mark.parametrize(
    "text", ["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "FR1420041010050500013M02606"]
)
def test_published_example_ibans_pass_and_any_changed_digit_fails(text: str) -> None:
    assert is_iban(text)
    assert not is_iban(text[:-1] + ("1" if text[-1] != "1" else "2"))


@given(st.integers(10**14, 10**15 - 1))
def test_exactly_one_last_digit_makes_a_card_number(body: int) -> None:
    text = f"4{str(body)[1:]}"

    assert sum(is_card(f"{text}{digit}") for digit in range(10)) == 1


@pytest.mark.parametrize("text", ["ada@example.org", "a.b+c@sub.example.co"])
def test_e_mail_addresses_are_known(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text", ["+33 1 23 45 67 89", "01 23 45 67 89", "0033123456789", "(212) 555-0100", "212-555-0100"]
)
def test_telephone_numbers_are_known(text: str) -> None:
    assert is_phone(text)


@pytest.mark.parametrize("text", ["1234567890", "2024-01-05", "12.5", "0", "A12", "99999"])
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert not is_phone(text)


def test_random_long_numbers_are_not_taken_for_cards() -> None:
    drawn = random.Random(0)
    numbers = [str(drawn.randrange(4 * 10**15, 5 * 10**15)) for _ in range(1000)]

    assert 0.05 < sum(map(is_card, numbers)) / 1000 < 0.15 < THRESHOLDS["card number"]
    assert identifying(numbers) is None


def test_a_few_e_mail_addresses_among_other_texts_are_enough_and_a_few_telephone_numbers_are_not() -> None:
    others = [f"see desk {number}" for number in range(90)]

    assert identifying([*others, *(f"p{number}@example.org" for number in range(10))]) == ("e-mail address", 0.1)
    assert identifying([*others, "p@example.org"]) is None
    assert identifying([*others, *(f"06 12 34 56 {number:02d}" for number in range(10))]) is None


def test_random_long_numbers_and_texts_are_no_ibans_and_no_social_security_numbers() -> None:
    drawn = random.Random(1)
    numbers = [str(drawn.randrange(10**14, 10**15)) for _ in range(2000)]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    texts = [f"FR{drawn.randrange(100):02d}{''.join(drawn.choices(letters, k=20))}" for _ in range(2000)]

    assert sum(map(is_nir, numbers)) / 2000 < THRESHOLDS["social security number"] / 2
    assert sum(map(is_iban, texts)) / 2000 < THRESHOLDS["IBAN"] / 2
