"""The interview on a terminal: one question at a time with the cursor on its options, the answers above."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application import Application, get_app_session, run_in_terminal
from prompt_toolkit.completion import FuzzyWordCompleter
from prompt_toolkit.data_structures import Point
from prompt_toolkit.formatted_text import FormattedText, StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output import Output
from prompt_toolkit.styles import Style

from fatesline.interview.prompts import LETTERS, Choice, Key, Left, Picked, Prompt, Reply, Tone, plainly
from fatesline.interview.words import Key as Word
from fatesline.interview.words import word

#: Longer lines are hard to read, however wide the window is.
WIDEST = 100

#: Lines of an objection below the options; whole arguments are told when it comes to a contradiction.
MOST_REMARKED = 8

_STYLE = Style.from_dict(
    {
        "asked": "bold",
        "dim": "ansibrightblack",
        "here": "ansicyan bold",
        "chosen": "ansigreen",
        "impossible": "ansibrightblack",
        "objection": "ansiyellow",
        "section": "ansicyan bold",
        "news": "ansigreen",
        "warning": "ansiyellow",
        "answer": "bold",
    }
)

_STYLE_OF: dict[Tone, str] = {
    "plain": "",
    "help": "class:dim",
    "section": "class:section",
    "news": "class:news",
    "reason": "class:dim",
    "warning": "class:warning",
    "answer": "class:answer",
}

_KEY_WORDS: dict[Key, Word] = {
    "unknown": "keys_unknown",
    "back": "keys_back",
    "answers": "keys_answers",
    "quit": "keys_quit",
}

Fragments = StyleAndTextTuples


class TerminalFront:
    """Draws on the terminal and reads single keys. Colours only where the terminal has them and NO_COLOR is not set.

    Parameters
    ----------
    language : {'en', 'fr'}
    input, output : Input, Output, optional
        Other than the terminal, for tests.
    """

    def __init__(self, language: str, *, input: Input | None = None, output: Output | None = None) -> None:
        self._language = language
        self._input = input
        self._output = output

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Show one line, wrapped to the window."""
        if tone == "section":
            self._print([("", "\n"), (_STYLE_OF[tone], f"== {text}")])
            return
        self._print([(_STYLE_OF[tone], "\n".join(_wrapped(plainly(text), self._columns())))])

    def text(self, question: str, default: str = "", known: Sequence[str] = ()) -> str:
        """A line with editing and, where something is known, completion with Tab."""
        session: PromptSession[str] = PromptSession(
            input=self._input, output=self._output, style=_STYLE, enable_history_search=False
        )
        shown = word("enter", self._language, question=question, default=default) if default else question
        try:
            typed = session.prompt(
                FormattedText([("class:asked", f"{shown} ")]),
                completer=FuzzyWordCompleter(list(known), WORD=True) if known else None,
                complete_while_typing=False,
            )
        except (EOFError, KeyboardInterrupt):
            raise Left from None
        return typed.strip() or default

    def pick(self, prompt: Prompt) -> Reply:
        """Draw the question until a key gives a reply; what remains of it is the question and its answer."""
        reply = _Picking(prompt, self._language, self._columns).run(self._input, self._output)
        self._print([("", f"\n{self._filled(prompt.title)}")])
        if isinstance(reply, Picked):
            titles = [choice.title for choice in prompt.choices if choice.id in reply.ids]
            for title in titles or [word("none_chosen", self._language)]:
                self._print([("class:answer", self._filled(f"  > {title}"))])
        elif reply == "unknown":
            self._print([("class:answer", f"  > {word('unknown', self._language)}")])
        else:
            self._print([("class:dim", f"  ({word(_KEY_WORDS[reply], self._language)})")])
        return reply

    def _filled(self, text: str) -> str:
        return "\n".join(_wrapped(plainly(text), self._columns()))

    def _columns(self) -> int:
        output = self._output or get_app_session().output
        return max(20, min(WIDEST, output.get_size().columns - 1))

    def _print(self, fragments: Fragments) -> None:
        print_formatted_text(FormattedText(fragments), style=_STYLE, output=self._output)


class _Picking:
    """One question on the screen: where the cursor is and what is marked."""

    def __init__(self, prompt: Prompt, language: str, columns: Callable[[], int]) -> None:
        self._prompt = prompt
        self._language = language
        self._columns = columns
        known = prompt.marked or ()
        self._marked = set(known) | set(prompt.forced if prompt.kind == "multi" else ())
        self._cursor = next((at for at, one in enumerate(prompt.choices) if one.id in self._marked), None) or 0
        if not known:
            self._cursor = next((at for at, one in enumerate(prompt.choices) if one.standing == "open"), 0)
        self._typed = ""
        #: What was refused once; the same key again takes it all the same.
        self._refused: tuple[str, ...] | None = None
        self._objections: dict[tuple[str, ...], list[str]] = {}

    def run(self, input: Input | None, output: Output | None) -> Reply:
        options = Window(
            FormattedTextControl(self._options, get_cursor_position=self._place, focusable=True, show_cursor=False),
            height=Dimension(min=3, weight=1),
            dont_extend_height=True,
        )
        # On a small window the options scroll; question and remarks stay whole.
        whole = Dimension(weight=1000)
        parts = [
            Window(FormattedTextControl(part), height=whole, dont_extend_height=True)
            for part in (self._head, self._foot)
        ]
        application: Application[Reply] = Application(
            layout=Layout(HSplit([parts[0], options, parts[1]]), focused_element=options),
            key_bindings=self._keys(),
            style=_STYLE,
            erase_when_done=True,
            input=input,
            output=output,
        )
        return application.run()

    @property
    def _here(self) -> Choice:
        return self._prompt.choices[self._cursor]

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        prompt = self._prompt

        def move(by: int) -> Callable[[KeyPressEvent], None]:
            def moved(event: KeyPressEvent) -> None:
                self._go(min(max(self._cursor + by, 0), len(prompt.choices) - 1))
                self._typed = ""

            return moved

        for key, by in (("up", -1), ("k", -1), ("down", 1), ("j", 1), ("pageup", -8), ("pagedown", 8)):
            keys.add(key)(move(by))
        keys.add("home")(move(-len(prompt.choices)))
        keys.add("end")(move(len(prompt.choices)))
        for digit in "0123456789":
            keys.add(digit)(self._digit)
        keys.add("enter")(self._enter)
        keys.add(" ")(self._mark if prompt.kind == "multi" else self._enter)
        if prompt.why is not None:
            keys.add("?")(self._tell_why)
        for reply in prompt.keys:
            for key in (LETTERS[reply], *({"back": ("left",), "quit": ("c-c", "c-d")}.get(reply, ()))):
                keys.add(key)(_replying(reply))
        if "quit" not in prompt.keys:
            keys.add("c-c")(_replying("quit"))
        for at, choice in enumerate(prompt.choices):
            for letter in choice.letters:
                if len(letter) == 1:
                    keys.add(letter)(self._by_letter(at))
        return keys

    def _go(self, at: int) -> None:
        self._cursor = at
        self._refused = None

    def _digit(self, event: KeyPressEvent) -> None:
        """Go to an option by its number, of one digit or two."""
        for typed in (self._typed + event.data, event.data):
            if typed.isdecimal() and 1 <= int(typed) <= len(self._prompt.choices):
                self._typed = typed
                self._go(int(typed) - 1)
                return
        self._typed = ""

    def _by_letter(self, at: int) -> Callable[[KeyPressEvent], None]:
        def chosen(event: KeyPressEvent) -> None:
            if self._cursor != at:
                self._go(at)
            self._enter(event)

        return chosen

    def _tell_why(self, event: KeyPressEvent) -> None:
        """Say more above the question, where it stays and can be scrolled back to."""
        assert self._prompt.why is not None
        lines = [line for text in self._prompt.why() for line in self._lines(text, "", "  | ")]
        told = _without_last_break([*self._lines(self._prompt.title, "class:asked"), *lines])
        run_in_terminal(lambda: print_formatted_text(FormattedText(told), style=_STYLE, output=event.app.output))

    def _mark(self, event: KeyPressEvent) -> None:
        self._typed = ""
        choice = self._here
        if choice.standing == "forced":
            return
        if choice.standing == "impossible" and choice.id not in self._marked and self._refused != (choice.id,):
            self._refused = (choice.id,)
            return
        self._refused = None
        self._marked ^= {choice.id}

    def _enter(self, event: KeyPressEvent) -> None:
        wanted = self._prompt.whole([self._here.id] if self._prompt.kind == "single" else tuple(self._marked))
        is_doubtful = not self._says_something() or bool(self._objection(wanted))
        if self._refused != wanted and is_doubtful:
            self._refused = wanted
            return
        event.app.exit(result=Picked(wanted))

    def _says_something(self) -> bool:
        """False where Enter would say "none of them" though nobody marked anything: an easy slip."""
        return self._prompt.kind == "single" or self._prompt.marked is not None or bool(self._marked)

    def _objection(self, wanted: tuple[str, ...]) -> list[str]:
        if self._prompt.objection is None:
            return []
        if wanted not in self._objections:
            self._objections[wanted] = list(self._prompt.objection(wanted))
        return self._objections[wanted]

    def _head(self) -> Fragments:
        lines: Fragments = [("", "\n")]
        lines += self._lines(self._prompt.title, "class:asked")
        if self._prompt.progress:
            lines += self._lines(self._prompt.progress, "class:dim", "  ")
        for line in self._prompt.lines:
            lines += self._lines(line, "class:dim", "  ")
        return _without_last_break(lines)

    def _options(self) -> Fragments:
        lines: Fragments = []
        for at in range(len(self._prompt.choices)):
            lines += [(style, f"{text}\n") for style, text in self._option(at)]
        return _without_last_break(lines)

    def _option(self, at: int) -> list[tuple[str, str]]:
        choice = self._prompt.choices[at]
        is_here = at == self._cursor
        style = "class:here" if is_here else "class:impossible" if choice.standing == "impossible" else ""
        wide = len(str(len(self._prompt.choices)))
        mark = {"forced": "=", "impossible": "-"}.get(choice.standing, " ")
        if choice.id in self._marked and choice.standing != "forced":
            mark = "x"
        box = f"[{mark}]" if self._prompt.kind == "multi" else f"({mark})"
        lead = f" {'>' if is_here else ' '} {at + 1:>{wide}} {box} "
        title = choice.title
        if choice.standing != "open":
            said = word("must" if choice.standing == "forced" else "impossible", self._language)
            title = f"{title} ({said})"
        wrapped = textwrap.wrap(plainly(title), self._columns() - len(lead)) or [""]
        shown = [(style, lead + wrapped[0]), *((style, " " * len(lead) + line) for line in wrapped[1:])]
        if choice.standing == "open" and choice.remark:
            shown += [("class:dim", line) for line in _wrapped(" " * len(lead) + choice.remark, self._columns())]
        return shown

    def _place(self) -> Point:
        return Point(0, sum(len(self._option(at)) for at in range(self._cursor)))

    def _foot(self) -> Fragments:
        lines: Fragments = []
        choice = self._here
        if choice.standing != "open" and choice.remark:
            said = word("must" if choice.standing == "forced" else "impossible", self._language)
            lines += self._lines(word("said_why", self._language, said=said, why=choice.remark), "class:dim", "  ")
        if self._refused is not None:
            lines += self._objecting(self._refused)
            doubt: Word = "keys_again" if self._says_something() else "keys_none"
            lines += self._lines(self._word(doubt), "class:objection", "  ")
        elif self._prompt.kind == "multi" and self._marked - set(self._prompt.forced):
            lines += self._objecting(self._prompt.whole(tuple(self._marked)))
        return _without_last_break([("", "\n"), *lines, *self._lines(self._help(), "class:dim", " ")])

    def _objecting(self, wanted: tuple[str, ...]) -> Fragments:
        lines = [line for text in self._objection(wanted) for line in self._lines(text, "class:objection", "  ")]
        if len(lines) > MOST_REMARKED:
            lines[MOST_REMARKED - 1 :] = self._lines("...", "class:objection", "  ")
        return lines

    def _help(self) -> str:
        enter = self._word("key_enter")
        letters = "/".join(choice.letters[0] for choice in self._prompt.choices if choice.letters)
        said = [f"{self._word('key_move')} {self._word('keys_move')}"]
        if self._prompt.kind == "multi":
            said.append(f"{self._word('key_space')} {self._word('keys_pick')}")
        said.append(f"{letters} {enter} {self._word('keys_take')}" if letters else f"{enter} {self._word('keys_take')}")
        if self._prompt.why is not None:
            said.append(f"? {self._word('keys_why')}")
        said += [f"{LETTERS[key]} {self._word(_KEY_WORDS[key])}" for key in self._prompt.keys]
        return " | ".join(said)

    def _word(self, key: Word) -> str:
        return word(key, self._language)

    def _lines(self, text: str, style: str, indent: str = "") -> Fragments:
        return [(style, f"{line}\n") for line in _wrapped(indent + plainly(text), self._columns())]


def _replying(reply: Key) -> Callable[[KeyPressEvent], None]:
    def replied(event: KeyPressEvent) -> None:
        event.app.exit(result=reply)

    return replied


def _without_last_break(lines: Fragments) -> Fragments:
    style, text = lines[-1][:2]
    return [*lines[:-1], (style, text.rstrip("\n"))]


def _wrapped(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns; further ones stand in by two."""
    stripped = text.lstrip(" ")
    indent = " " * (len(text) - len(stripped))
    return textwrap.wrap(stripped, columns, initial_indent=indent, subsequent_indent=f"{indent}  ") or [""]
