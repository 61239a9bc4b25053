"""What keys do, on a terminal that only exists in memory."""

from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output

from fatesline.interview import Session
from fatesline.interview.dialogue import Dialogue
from fatesline.interview.prompts import Choice, Left, Picked, Prompt, Reply
from fatesline.interview.terminal import TerminalFront

UP, DOWN, LEFT, END, ENTER, CTRL_C = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[F", "\r", "\x03"


class Terminal:
    """A front that reads given keys, and what it drew."""

    def __init__(self, front: TerminalFront, drawn: io.StringIO) -> None:
        self.front = front
        self._drawn = drawn

    @property
    def raw(self) -> str:
        return self._drawn.getvalue()

    @property
    def shown(self) -> str:
        plain = re.sub(r"\x1b\[\d*C", " ", self.raw)
        return " ".join(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x1f]", " ", plain).split())


@contextmanager
def typing(
    keys: str, *, then: tuple[str, str] | None = None, language: str = "en", rows: int = 40, columns: int = 100
) -> Iterator[Terminal]:
    """Type the keys at once, and further ones as soon as a text stands on the screen."""
    drawn = io.StringIO()
    output = Vt100_Output(
        drawn, lambda: Size(rows=rows, columns=columns), enable_cpr=False, default_color_depth=ColorDepth.DEPTH_1_BIT
    )
    with create_pipe_input() as typed:
        terminal = Terminal(TerminalFront(language, input=typed, output=output), drawn)
        typed.send_text(keys)

        def go_on(text: str, further: str) -> None:
            end = time.monotonic() + 10
            while text not in terminal.shown and time.monotonic() < end:
                time.sleep(0.01)
            typed.send_text(further)

        waiting = threading.Thread(target=go_on, args=then) if then is not None else None
        if waiting is not None:
            waiting.start()
        yield terminal
        if waiting is not None:
            waiting.join()


CHOICES = (
    Choice("credit", "Credit"),
    Choice("hiring", "Hiring", "impossible", "you said nobody is hired [law Art. 4]"),
    Choice("nowhere", "Elsewhere"),
)


def _objecting(picked: tuple[str, ...]) -> list[str]:
    if "hiring" in picked:
        return ["nobody is hired"]
    return ["elsewhere is nowhere else"] if {"credit", "nowhere"} <= set(picked) else []


def _prompt(kind: str = "multi", **more: object) -> Prompt:
    return Prompt(
        "multi" if kind == "multi" else "single",
        "Where is it used?",
        CHOICES,
        ("The area decides.",),
        "0 answered, 3 open",
        keys=("unknown", "back", "answers", "quit"),
        why=lambda: ["Somebody in the legal department knows."],
        objection=_objecting,
        **more,  # type: ignore[arg-type]
    )


def _reply(keys: str, kind: str = "multi", **more: object) -> Reply:
    with typing(keys) as terminal:
        return terminal.front.pick(_prompt(kind, **more))


@pytest.mark.parametrize(
    ("keys", "kind", "taken"),
    [
        (ENTER, "single", ("credit",)),
        (DOWN + DOWN + ENTER, "single", ("nowhere",)),
        (END + UP + UP + ENTER, "single", ("credit",)),
        ("jj" + ENTER, "single", ("nowhere",)),
        ("3" + ENTER, "single", ("nowhere",)),
        ("3 ", "single", ("nowhere",)),
        (" " + ENTER, "multi", ("credit",)),
        (" " + " " + DOWN + DOWN + " " + ENTER, "multi", ("nowhere",)),
        ("3 " + "1 " + "3 " + ENTER, "multi", ("credit",)),
    ],
)
def test_arrows_letters_and_numbers_move_space_marks_and_enter_takes(
    keys: str, kind: str, taken: tuple[str, ...]
) -> None:
    assert _reply(keys, kind) == Picked(taken)


@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        ("u", "unknown"),
        ("b", "back"),
        (LEFT, "back"),
        ("a", "answers"),
        ("q", "quit"),
        (CTRL_C, "quit"),
        ("\x04", "quit"),
    ],
)
def test_a_letter_asks_for_something_else_than_an_answer(keys: str, reply: str) -> None:
    assert _reply(keys) == reply


def test_an_impossible_option_stays_in_sight_with_its_reason_and_is_not_taken_by_one_key() -> None:
    with typing("2" + ENTER, then=("The same key again", "1" + ENTER)) as terminal:
        reply = terminal.front.pick(_prompt("single"))

    assert reply == Picked(("credit",))
    assert "2 (-) Hiring (no longer possible)" in terminal.shown
    assert "no longer possible: you said nobody is hired [law Art. 4]" in terminal.shown
    assert "The same key again takes it all the same; you then choose which answer to change." in terminal.shown


def test_an_impossible_option_is_taken_by_the_same_key_twice() -> None:
    assert _reply("2" + ENTER + ENTER, "single") == Picked(("hiring",))
    assert _reply("2  " + ENTER + ENTER) == Picked(("hiring",))


def test_marks_that_do_not_go_together_say_so_at_once_and_enter_asks_again() -> None:
    with typing("1 3 ", then=("elsewhere is nowhere else", ENTER + "3 " + ENTER)) as terminal:
        reply = terminal.front.pick(_prompt())

    assert reply == Picked(("credit",))
    assert "elsewhere is nowhere else" in terminal.shown


def test_enter_without_a_mark_is_no_answer_yet() -> None:
    with typing(ENTER, then=("Nothing is marked", ENTER)) as terminal:
        reply = terminal.front.pick(_prompt())

    assert reply == Picked(())
    assert "Nothing is marked. Enter again answers: none of them." in terminal.shown


def test_what_was_measured_or_answered_before_is_marked() -> None:
    assert _reply(ENTER, "multi", marked=("nowhere",)) == Picked(("nowhere",))
    assert _reply(ENTER, "single", marked=("nowhere",)) == Picked(("nowhere",))
    assert _reply(ENTER, "multi", marked=()) == Picked(())


def test_the_reason_of_a_question_is_told_above_it_and_the_question_stays() -> None:
    with typing("?" + " " + ENTER) as terminal:
        reply = terminal.front.pick(_prompt())

    assert reply == Picked(("credit",))
    assert "| Somebody in the legal department knows." in terminal.shown


def test_on_a_small_terminal_the_options_scroll_and_the_remarks_stay() -> None:
    choices = tuple(Choice(f"option_{number}", f"Option {number}") for number in range(1, 31))
    with typing("28" + ENTER, rows=14) as terminal:
        reply = terminal.front.pick(Prompt("single", "Which?", choices, keys=("quit",)))

    assert reply == Picked(("option_28",))
    assert "Option 28" in terminal.shown
    assert "q quit" in terminal.shown


def test_nothing_that_a_table_holds_reaches_the_terminal_as_a_command() -> None:
    with typing(ENTER) as terminal:
        terminal.front.pick(Prompt("single", "Which?", (Choice("x", "red\x1b[31m\x07", remark="\x1b]0;title\x07"),)))
        terminal.front.say("\x1b[2J")

    assert "\x1b[31m" not in terminal.raw
    assert "\x1b]0" not in terminal.raw
    assert "\x1b[2J" not in terminal.raw


def test_a_text_has_a_default_and_can_be_left() -> None:
    with typing(ENTER) as terminal:
        assert terminal.front.text("Which column?", "granted") == "granted"
    with typing("sex" + ENTER) as terminal:
        assert terminal.front.text("Which column?", "granted", ("sex", "granted")) == "sex"
    with typing(CTRL_C) as terminal, pytest.raises(Left):
        terminal.front.text("Which column?")


def test_the_same_dialogue_runs_through_it(session: Session) -> None:
    with typing("2 " + ENTER + ENTER + "y" + "u" + ENTER + ENTER) as terminal:
        outcome = Dialogue(session, terminal.front).run()

    assert outcome.finished
    assert {name: answer.chosen for name, answer in outcome.session.answers.items()} == {
        "area": ("hiring",),
        "automation": ("fully",),
        "personal": ("personal_data",),
        "attributes": ("groups_unknown",),
        "wish": ("neighbours",),
    }
    assert "-> This settles: Human review" in terminal.shown


def test_yes_and_no_are_letters_in_french_too(session: Session) -> None:
    answered = session.answered("area", ("hiring",)).answered("automation", "advised")

    with typing("o" + CTRL_C, language="fr") as terminal:
        outcome = Dialogue(answered, terminal.front, language="fr").run()

    assert outcome.session.answers["personal"].chosen == ("personal_data",)
    assert "o/n Entrée valider" in terminal.shown
