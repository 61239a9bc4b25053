"""The interview by typed lines, where there is no terminal to draw on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fatesline.errors import UserError
from fatesline.interview.prompts import LETTERS, Choice, Key, Left, Picked, Prompt, Reply, Tone, plainly
from fatesline.interview.words import word

_KEYS: Mapping[str, Key] = {letter: key for key, letter in LETTERS.items()}

_WHY = "?"


class PlainFront:
    """Shows lines and reads lines.

    Parameters
    ----------
    language : {'en', 'fr'}
    say : callable
        Shows one line; ``click.echo`` will do.
    ask : callable
        Shows a prompt and gives what was typed; ``input`` will do. EOFError or KeyboardInterrupt when nobody goes on.

    Notes
    -----
    Where the input ends before anybody typed a line, nobody is there: that is a `UserError`, not an interview that was
    left.
    """

    def __init__(self, language: str, say: Callable[[str], object], ask: Callable[[str], str]) -> None:
        self._language = language
        self._say = say
        self._ask = ask
        self._heard = False

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Show one line; what sets it off is a blank line above."""
        if tone == "section":
            self._say("")
            text = f"== {text}"
        self._say(plainly(text))

    def text(self, question: str, default: str = "", known: Sequence[str] = ()) -> str:
        """A typed line, or the default."""
        shown = word("enter", self._language, question=question, default=default) if default else question
        return self._typed(f"{shown} ").strip() or default

    def pick(self, prompt: Prompt) -> Reply:
        """Ask until the typed line is a reply."""
        self._show(prompt)
        while True:
            try:
                typed = self._typed(self._prompt(prompt)).strip()
            except Left:
                return "quit"
            lowered = typed.lower()
            if not typed and prompt.marked is not None:
                return Picked(prompt.whole(prompt.marked))
            if lowered == _WHY and prompt.why is not None:
                for line in prompt.why():
                    self._say(f"  {line}")
            elif _KEYS.get(lowered) in prompt.keys:
                return _KEYS[lowered]
            else:
                picked = self._understood(lowered, prompt)
                if picked is not None:
                    return Picked(prompt.whole(picked))
                self._say(word("not_understood", self._language, text=plainly(typed)[:40]))
                if prompt.kind == "single" and len(lowered.replace(",", " ").split()) > 1:
                    self._say(word("one_only", self._language))

    def _understood(self, lowered: str, prompt: Prompt) -> tuple[str, ...] | None:
        if prompt.kind == "multi" and lowered == "0":
            return ()
        meant = {str(number): choice.id for number, choice in enumerate(prompt.choices, start=1) if prompt.is_listed}
        meant |= {choice.id.lower(): choice.id for choice in prompt.choices}
        meant |= {letter: choice.id for choice in prompt.choices for letter in choice.letters}
        pieces = lowered.replace(",", " ").split()
        if not pieces or any(piece not in meant for piece in pieces):
            return None
        picked = tuple(dict.fromkeys(meant[piece] for piece in pieces))
        return picked if prompt.kind == "multi" or len(picked) == 1 else None

    def _show(self, prompt: Prompt) -> None:
        self._say("")
        self._say(f"{prompt.title}  [{prompt.progress}]" if prompt.progress else prompt.title)
        for line in prompt.lines:
            self._say(f"  {line}")
        if prompt.is_listed:
            for number, choice in enumerate(prompt.choices, start=1):
                self._say(f"  {number}. {choice.title}{self._standing(choice)}")

    def _standing(self, choice: Choice) -> str:
        if choice.standing == "open":
            return f"  ({choice.remark})" if choice.remark else ""
        said = word("must" if choice.standing == "forced" else "impossible", self._language)
        return "  (" + (word("said_why", self._language, said=said, why=choice.remark) if choice.remark else said) + ")"

    def _prompt(self, prompt: Prompt) -> str:
        if not prompt.is_listed:
            asked = word("either", self._language, listed=", ".join(choice.letters[0] for choice in prompt.choices))
        else:
            asked = word("answer_multi" if prompt.kind == "multi" else "answer_single", self._language)
        if prompt.marked is not None:
            titles = {choice.id: choice.title for choice in prompt.choices}
            options = ", ".join(titles[name] for name in prompt.whole(prompt.marked))
            options = options or word("none_chosen", self._language)
            asked = f"{asked}; " + word("enter_takes", self._language, options=options)
        keys = [_WHY] if prompt.why is not None else []
        keys += [LETTERS[key] for key in prompt.keys]
        return f"{asked} ({', '.join(keys)}): "

    def _typed(self, prompt: str) -> str:
        try:
            typed = self._ask(prompt)
        except EOFError:
            self._say("")
            if not self._heard:
                what, way_on = word("nobody", self._language), word("give_answers", self._language)
                raise UserError(what, way_on=way_on) from None
            raise Left from None
        except KeyboardInterrupt:
            self._say("")
            raise Left from None
        self._heard = True
        return typed
