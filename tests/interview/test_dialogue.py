from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pytest

from fatesline.catalog.project import Answer
from fatesline.interview import Session
from fatesline.interview.dialogue import Dialogue, Outcome
from fatesline.interview.words import _ROLES, _WORDS, Key


def _talk(
    session: Session, typed: list[str], *, language: str = "en", proposed: Mapping[str, Answer] | None = None
) -> tuple[Outcome, str]:
    """What comes of typing these lines, and everything that was shown."""
    lines: list[str] = []
    waiting = iter(typed)

    def ask(prompt: str) -> str:
        lines.append(prompt)
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    return Dialogue(session, lines.append, ask, language=language, proposed=proposed).run(), "\n".join(lines)


def test_a_whole_interview_reads_like_this(session: Session) -> None:
    outcome, shown = _talk(session, ["2", "1", "y", "u", "1"])

    assert outcome.finished
    assert {name: answer.chosen for name, answer in outcome.session.answers.items()} == {
        "area": ("hiring",),
        "automation": ("fully",),
        "personal": ("personal_data",),
        "attributes": ("groups_unknown",),
        "wish": ("neighbours",),
    }
    assert shown == (
        """\
? why it is asked   b back   u I don't know   q quit and go on later

== Use

Where is it used?  [0 answered, 3 open, at most 5 to come]
  The area decides.
  Source: A law, Art. 6
  1. Credit
  2. Hiring
  3. Elsewhere
Numbers with commas, or 0 for none (?, b, u, q):~

Who decides?  [1 answered, 3 open, at most 4 to come]
  Machines need control.
  Source: A law
  1. A machine
  2. A person
One number (?, b, u, q):~
-> This settles: Human review
     because a machine alone is reviewed [A law, Art. 14]

== Data

Are there personal data?  [2 answered, 2 open, at most 3 to come]
  The law asks.
  Source: A law
y or n (?, b, u, q):~

Are groups known?  [3 answered, 2 open]
  Only then they are compared.
  Source: A law
  1. Known
  2. Not known
One number (?, b, u, q):~
Taken for now: Not known

Which model?  [4 answered, 1 open]
  Models differ.
  Source: A law
  1. Neighbours
  2. Trees
One number (?, b, u, q):~

Every question is answered.
Still to be settled, with those who can tell:
  - Are groups known? (data scientist)""".replace("~", " ")
    )


def test_the_same_interview_in_french_says_nothing_in_english(session: Session) -> None:
    outcome, shown = _talk(session, ["2", "1", "o", "u", "1"], language="fr")

    assert outcome.finished
    assert "Cela entraîne : Revue humaine" in shown
    assert "À régler avec les personnes compétentes :\n  - Les groupes sont-ils connus ? (data scientist)" in shown
    for english in ("answered", "settles", "because", "Source:", "Numbers", "know"):
        assert english not in shown


def test_a_question_mark_tells_more_and_asks_again(session: Session) -> None:
    _, shown = _talk(session, ["?"])

    assert '"I don\'t know" is read as: Credit, Hiring' in shown
    assert "area (legal)" in shown
    assert "A law, Art. 6, 2024-07-12, https://example.org/law" in shown


def test_b_takes_the_last_answer_back(session: Session) -> None:
    outcome, shown = _talk(session, ["b", "2", "b"])

    assert not outcome.session.answers
    assert "This is the first question." in shown


@pytest.mark.parametrize("end", [["q"], []])
def test_leaving_keeps_the_answers_to_go_on_from(session: Session, end: list[str]) -> None:
    outcome, shown = _talk(session, ["2", "1", *end])

    assert not outcome.finished
    assert shown.endswith("Stopped here; the answers so far are kept.")

    resumed, _ = _talk(Session(session.catalog, session.reasoner, outcome.session.answers), ["n", "1"])
    assert resumed.finished
    assert list(resumed.session.answers) == ["area", "automation", "personal", "wish"]


def test_what_cannot_be_understood_is_asked_again_without_echoing_control_signs(session: Session) -> None:
    outcome, shown = _talk(session, ["7", "\x1b[31mred", "1 2,"])

    assert "This is no answer here: 7" in shown
    assert "\x1b" not in shown
    assert outcome.session.answers["area"].chosen == ("credit", "hiring")


def test_options_may_be_typed_by_their_ids(session: Session) -> None:
    outcome, _ = _talk(session, ["hiring", "advised"])

    assert outcome.session.answers["automation"].chosen == ("advised",)


def test_an_impossible_option_is_shown_with_its_reason_and_leads_to_ways_out(session: Session) -> None:
    outcome, shown = _talk(session.answered("personal", False), ["1", "1"])

    assert "1. Credit  (no longer possible: credit is about persons [A law, Art. 4])" in shown
    assert (
        "These answers do not go together:\n"
        "  you answered: Are there personal data? no\n"
        "  you answered: Credit\n"
        "  credit is about persons [A law, Art. 4]\n"
        "Ways out:\n"
        "  1. answer anew: Are there personal data?\n"
        "  2. answer anew: Where is it used?\n"
        "  b. go back to the last question" in shown
    )
    assert outcome.session.is_consistent
    assert list(outcome.session.answers) == ["area"]


def test_a_measured_proposal_is_confirmed_with_enter_and_keeps_its_figure(session: Session) -> None:
    proposed = {"personal": Answer(chosen=("personal_data",), origin="measured", note="sex: 2 groups")}

    confirmed, shown = _talk(session, ["3", "", "q"], proposed=proposed)
    changed, _ = _talk(session, ["3", "n", "q"], proposed=proposed)

    assert "  Measured: sex: 2 groups" in shown
    assert "y or n; Enter takes Are there personal data? Yes" in shown
    assert confirmed.session.answers["personal"] == proposed["personal"]
    assert changed.session.answers["personal"] == Answer(chosen=(), origin="asked")


def test_nothing_typed_without_a_proposal_is_asked_again(session: Session) -> None:
    outcome, shown = _talk(session, ["", "3"])

    assert outcome.session.answers["area"].chosen == ("nowhere",)
    assert shown.count("This is no answer here") == 1


def test_every_sentence_exists_in_both_languages_and_leaves_room_for_the_same() -> None:
    import string

    assert set(_WORDS) == set(get_args(Key))
    for english, french in [*_WORDS.values(), *_ROLES.values()]:
        assert english
        assert french
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, french)]
        assert fields[0] == fields[1]
