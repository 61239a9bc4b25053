from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

import pytest

from fatesline.catalog.project import Answer
from fatesline.interview import Session
from fatesline.interview.dialogue import Dialogue, Outcome
from fatesline.interview.plain import PlainFront
from fatesline.interview.words import _ROLES, _WORDS, Key

WHOLE = """\
? why it is asked   u I don't know   b back   a answers so far   q quit and go on later

== Use

Where is it used?  [0 answered, 3 open, up to 2 more may come]
  The area decides.
  Source: A law, Art. 6
  1. Credit
  2. Hiring
  3. Elsewhere
Numbers with commas, or 0 for none (?, u, b, a, q):~
-> This opens further questions (1): Who decides?

Who decides?  [1 answered, 3 open, up to 1 more may come]
  Machines need control.
  Source: A law
  1. A machine
  2. A person
One number (?, u, b, a, q):~
-> This settles: Human review
     a machine alone is reviewed [A law, Art. 14]

== Data

Are there personal data?  [2 answered, 2 open, up to 1 more may come]
  The law asks.
  Source: A law
One of y, n (?, u, b, a, q):~
-> This opens further questions (1): Are groups known?

Are groups known?  [3 answered, 2 open]
  Only then they are compared.
  Source: A law
  1. Known
  2. Not known
One number (?, u, b, a, q):~
Taken for now, to be settled: Not known

Which model?  [4 answered, 1 open]
  Models differ.
  Source: A law
  1. Neighbours
  2. Trees
One number (?, u, b, a, q):~

Every question is answered.
Still to be settled, with those who can tell:
  - Are groups known? (data scientist)

Finish, or change an answer?
  1. Finish
  2. Are groups known? - Not known  (I don't know)
  3. Where is it used? - Hiring
  4. Who decides? - A machine
  5. Are there personal data? - Yes
  6. Which model? - Neighbours
One number; Enter takes Finish (q):~"""


def _talk(
    session: Session,
    typed: list[str],
    *,
    language: str = "en",
    proposed: Mapping[str, Answer] | None = None,
    keep: Callable[[Session], None] | None = None,
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

    front = PlainFront(language, lines.append, ask)
    return Dialogue(session, front, language=language, proposed=proposed, keep=keep).run(), "\n".join(lines)


def test_a_whole_interview_reads_like_this(session: Session) -> None:
    outcome, shown = _talk(session, ["2", "1", "y", "u", "1", ""])

    assert outcome.finished
    assert {name: answer.chosen for name, answer in outcome.session.answers.items()} == {
        "area": ("hiring",),
        "automation": ("fully",),
        "personal": ("personal_data",),
        "attributes": ("groups_unknown",),
        "wish": ("neighbours",),
    }
    assert shown == WHOLE.replace("~", " ")


def test_the_same_interview_in_french_says_nothing_in_english(session: Session) -> None:
    outcome, shown = _talk(session, ["2", "1", "o", "u", "1"], language="fr")

    assert outcome.finished
    assert "Cela entraîne : Revue humaine" in shown
    assert "À régler avec les personnes compétentes :\n  - Les groupes sont-ils connus ? (data scientist)" in shown
    for english in ("answered", "settles", "because", "Source:", "Numbers", "know"):
        assert english not in shown


def test_a_question_mark_tells_more_and_asks_again(session: Session) -> None:
    _, shown = _talk(session, ["?"])

    assert '"I don\'t know" is read protectively, as: Credit; Hiring' in shown
    assert "Who can tell: legal (question area)" in shown
    assert "A law, Art. 6, 2024-07-12, https://example.org/law" in shown


def test_b_asks_the_question_before_again_and_later_answers_stay(session: Session) -> None:
    outcome, shown = _talk(session, ["b", "2", "1", "b", "b", "", "q"])

    assert "This is the first question." in shown
    assert shown.count("Where is it used?") == 3
    assert "Numbers with commas, or 0 for none; Enter takes Hiring" in shown
    assert {name: answer.chosen for name, answer in outcome.session.answers.items()} == {
        "area": ("hiring",),
        "automation": ("fully",),
    }


def test_an_answer_changed_after_b_drops_what_hung_on_it_and_says_so(session: Session) -> None:
    outcome, shown = _talk(session, ["2", "1", "b", "b", "3", "q"])

    assert "No longer asked, its answer is dropped: Who decides?" in shown
    assert "-> No longer follows: Human review" in shown
    assert list(outcome.session.answers) == ["area"]


def test_any_earlier_answer_can_be_chosen_to_be_changed(session: Session) -> None:
    outcome, shown = _talk(session, ["a", "2", "1", "y", "a", "b", "a", "2", "2", "q"])

    assert "Nothing is answered yet." in shown
    assert outcome.session.answers["automation"].chosen == ("advised",)
    assert list(outcome.session.answers) == ["area", "automation", "personal"]


def test_what_nobody_knew_can_be_settled_at_the_end(session: Session) -> None:
    outcome, shown = _talk(session, ["2", "1", "y", "u", "2", "2", "1", ""])

    assert "2. Are groups known? - Not known  (I don't know)" in shown
    assert outcome.finished
    assert outcome.session.answers["attributes"] == Answer(chosen=("groups_known",), origin="asked")
    assert not outcome.session.unknown()


def test_an_answer_nobody_knew_is_not_confirmed_by_enter_alone(session: Session) -> None:
    outcome, shown = _talk(session, ["u", "b", "", "q"])

    assert "This is no answer here" in shown
    assert outcome.session.answers["area"].origin == "default"


def test_every_answer_is_kept_at_once(session: Session) -> None:
    kept: list[list[str]] = []

    _talk(session, ["2", "u"], keep=lambda now: kept.append(list(now.answers)))

    assert kept == [["area"], ["area", "automation"]]


@pytest.mark.parametrize("end", [["q"], []], ids=["q", "end of input"])
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
        "  you answered: Are there personal data? No\n"
        "  you answered: Credit\n"
        "  credit is about persons [A law, Art. 4]\n"
        "Or a rule is set aside: fates.yaml takes a waiver of credit-is-personal, with person, reason and end.\n"
        "\n"
        "Which way out? The cheapest comes first.\n"
        "  1. answer anew: Are there personal data?\n"
        "  2. answer anew: Where is it used?\n"
        "One number (b, q): " in shown
    )
    assert outcome.session.is_consistent
    assert list(outcome.session.answers) == ["area"]


def test_a_way_out_asks_its_question_next(session: Session) -> None:
    outcome, shown = _talk(session.answered("personal", False), ["1", "2", "2", "q"])

    assert shown.count("Where is it used?  [") == 2
    assert {name: answer.chosen for name, answer in outcome.session.answers.items()} == {
        "personal": (),
        "area": ("hiring",),
    }


def test_a_way_out_says_what_else_it_costs_and_the_cheaper_one_comes_first(session: Session) -> None:
    answered = session.answered("area", ("hiring",)).answered("automation", "advised")

    _, shown = _talk(answered.answered("personal", False), ["a", "1", "1 2"])

    first, second = (
        "1. answer anew: Are there personal data?",
        "2. answer anew: Where is it used?  (further answers dropped with it: 1)",
    )
    assert first in shown
    assert second in shown


def test_leaving_amid_a_contradiction_loses_only_the_answer_that_made_it(session: Session) -> None:
    outcome, _ = _talk(session.answered("personal", False), ["1", "q"])

    assert outcome.session.is_consistent
    assert list(outcome.session.answers) == ["personal"]


def test_a_measured_proposal_is_confirmed_with_enter_and_keeps_its_figure(session: Session) -> None:
    proposed = {"personal": Answer(chosen=("personal_data",), origin="measured", note="sex: 2 groups")}

    confirmed, shown = _talk(session, ["3", "", "q"], proposed=proposed)
    changed, _ = _talk(session, ["3", "n", "q"], proposed=proposed)

    assert "  Measured: sex: 2 groups" in shown
    assert "One of y, n; Enter takes Yes" in shown
    assert confirmed.session.answers["personal"] == proposed["personal"]
    assert changed.session.answers["personal"] == Answer(chosen=(), origin="asked")


def test_several_measured_answers_are_confirmed_on_one_page_and_each_can_be_refused(session: Session) -> None:
    proposed = {
        "personal": Answer(chosen=("personal_data",), origin="measured", note="sex: 2 groups"),
        "attributes": Answer(chosen=("groups_known",), origin="measured", note="sex: 40 %"),
    }

    taken, shown = _talk(session, ["2", "1", "", "q"], proposed=proposed)
    refused, _ = _talk(session, ["2", "1", "1", "2", "q"], proposed=proposed)
    neither, _ = _talk(session, ["2", "1", "0", "q"], proposed=proposed)

    assert "1. Are there personal data? - Yes  (sex: 2 groups)" in shown
    assert "2. Are groups known? - Known  (sex: 40 %)" in shown
    assert {name: taken.session.answers[name] for name in proposed} == proposed
    assert refused.session.answers["personal"] == proposed["personal"]
    assert "attributes" not in neither.session.answers
    assert "personal" not in neither.session.answers


def test_nothing_typed_without_a_proposal_is_asked_again(session: Session) -> None:
    outcome, shown = _talk(session, ["", "3"])

    assert outcome.session.answers["area"].chosen == ("nowhere",)
    assert shown.count("This is no answer here") == 1


def test_a_question_that_changes_nothing_is_not_asked_and_told_at_the_end(session: Session) -> None:
    outcome, shown = _talk(session, ["3", "y", "1", ""])

    assert outcome.finished
    assert "attributes" not in outcome.session.answers
    assert "Not asked, since no answer would change anything here:\n  - Are groups known?" in shown


def test_every_sentence_exists_in_both_languages_and_leaves_room_for_the_same() -> None:
    import string

    assert set(_WORDS) == set(get_args(Key))
    for english, french in [*_WORDS.values(), *_ROLES.values()]:
        assert english
        assert french
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, french)]
        assert fields[0] == fields[1]
