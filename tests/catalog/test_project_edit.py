"""A decision is written into fates.yaml without touching anything else."""

from __future__ import annotations

import pytest

from fatesline.catalog.project import parse_project
from fatesline.catalog.project_edit import with_choice
from fatesline.errors import UserError

HEAD = 'fatesline: 1\nproject: {name: "loans", title: "Loans"} # ours\n'


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        HEAD.rstrip("\n"),
        HEAD + "choices: {}\nlanguage: fr\n",
        HEAD + "choices: {seeds_and_lock: {chosen: true}}\n",
        HEAD + "choices:\n    # because of the audit\n    seeds_and_lock:\n        chosen: true\nlanguage: fr\n",
        HEAD.replace("\n", "\r\n") + "choices:\r\n  seeds_and_lock: {chosen: true}\r\n",
    ],
)
def test_a_choice_is_added_and_every_earlier_line_stays(text: str) -> None:
    edited = with_choice(text, "fates.yaml", "reweighing", chosen=True)

    before, after = parse_project(text, "f"), parse_project(edited, "f")
    assert after.choices["reweighing"].chosen
    assert {name: after.choices[name] for name in before.choices} == dict(before.choices)
    kept = [line for line in text.splitlines() if not line.startswith("choices")]
    assert [line for line in edited.splitlines() if line in kept] == kept


def test_an_earlier_choice_is_turned_round_and_keeps_its_note() -> None:
    text = HEAD + 'choices:\n  reweighing:\n    chosen: true # for now\n    note: "asked by the board"\n'

    edited = with_choice(text, "fates.yaml", "reweighing", chosen=False)

    assert edited == text.replace("chosen: true", "chosen: false")


def test_what_cannot_be_edited_safely_is_left_to_the_user() -> None:
    text = HEAD + "choices:\n  seeds_and_lock: &same {chosen: true}\n  reweighing: *same\n"

    with pytest.raises(UserError, match="by hand under choices"):
        with_choice(text, "fates.yaml", "reweighing", chosen=False)
