"""Merging never loses a line, and never leaves a conflict unmarked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fatesline.errors import UserError
from fatesline.generation.merge import CLOSING, OPENING, is_marked, three_way

BASE = "one\ntwo\nthree\nfour\nfive\n"


def test_changes_in_different_places_are_both_kept() -> None:
    found = three_way(BASE, BASE.replace("one", "mine"), BASE.replace("five", "new"))

    assert found.text == "mine\ntwo\nthree\nfour\nnew\n"
    assert found.conflicts == 0


def test_changes_in_the_same_place_stand_between_named_markers() -> None:
    found = three_way(BASE, BASE.replace("three", "mine"), BASE.replace("three", "new"))

    assert found.conflicts == 1
    assert found.text == f"one\ntwo\n{OPENING}\nmine\n=======\nnew\n{CLOSING}\nfour\nfive\n"
    assert is_marked(found.text)


def test_windows_line_ends_of_the_user_are_kept() -> None:
    found = three_way(BASE, BASE.replace("one", "mine").replace("\n", "\r\n"), BASE.replace("five", "new"))

    assert found.conflicts == 0
    assert found.text == "mine\r\ntwo\r\nthree\r\nfour\r\nnew\r\n"


def test_two_files_of_the_same_name_without_a_common_past_are_a_conflict() -> None:
    found = three_way("", "mine\n", "new\n")

    assert found.conflicts == 1
    assert {"mine", "new"} <= set(found.text.splitlines())


def test_settings_of_git_do_not_change_the_markers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "merge.conflictStyle")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "diff3")

    found = three_way(BASE, BASE.replace("three", "mine"), BASE.replace("three", "new"))

    assert "|||||||" not in found.text


def test_without_git_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(UserError, match="Install git"):
        three_way(BASE, "mine\n", "new\n")


# A new line is unique, so that it can be looked for; an old one may go or stay.
EDITS = st.lists(st.tuples(st.integers(0, 8), st.sampled_from(["insert", "delete", "change"])), max_size=4)


def _edited(text: str, edits: list[tuple[int, str]], author: str) -> tuple[str, set[str]]:
    lines = text.splitlines()
    added = set()
    for number, (at, how) in enumerate(edits):
        at = min(at, len(lines))
        line = f"{author} {number}"
        if how == "insert" or at == len(lines):
            lines.insert(at, line)
            added.add(line)
        elif how == "change":
            added.discard(lines[at])
            lines[at] = line
            added.add(line)
        else:
            added.discard(lines[at])
            del lines[at]
    return "".join(f"{line}\n" for line in lines), added


@settings(max_examples=60, deadline=None)
@given(yours=EDITS, ours=EDITS)
def test_every_line_that_anybody_added_is_in_the_result(
    yours: list[tuple[int, str]], ours: list[tuple[int, str]]
) -> None:
    text = "".join(f"line {number}\n" for number in range(8))
    mine, my_lines = _edited(text, yours, "mine")
    new, new_lines = _edited(text, ours, "new")

    found = three_way(text, mine, new)

    assert my_lines | new_lines <= set(found.text.splitlines())
    assert is_marked(found.text) == (found.conflicts > 0)
