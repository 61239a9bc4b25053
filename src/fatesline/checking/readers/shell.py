"""Shell commands as facts: ``dvc push -r origin`` is ``command.dvc.push``. Nothing is run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import NamedTuple

from fatesline.checking.flow.scopes import Seen
from fatesline.model.places import Place

#: Longer texts are data.
_MOST_SIGNS = 200_000
_LONGEST_LINE = 10_000

_ASSIGNED = re.compile(r"[A-Za-z_]\w*=")
_SWALLOWED = re.compile(r"\|\|\s*(true|:|exit\s+0|echo\b)")
_SUBSTITUTED = re.compile(r"(?:\$\((?!\()|`)(?P<command>[^()`]+)[)`]")
_SUBCOMMAND = re.compile(r"[a-z][a-z0-9_-]*\Z")

#: Programs that run what follows them.
_WRAPPERS = frozenset({"sudo", "env", "time", "exec", "command", "nohup", "xvfb-run", "then", "do", "else", "!", "if"})
_RUNNERS = frozenset({"poetry", "uv", "pipenv", "hatch", "rye", "pdm", "conda", "mamba", "micromamba", "coverage"})
#: Options of runners that take the next word.
_WITH_VALUE = frozenset(
    {"-e", "-n", "-p", "--env", "--extra", "--group", "--name", "--package", "--prefix", "--project",
     "--python", "--source", "--with"}
)  # fmt: skip
#: What a runner may run besides programs: tasks of the project. No program of that name judges anything.
_TASK = re.compile(r"(tests?|lint|check|typecheck)(:[\w:-]+)?\Z")
_PYTHON = re.compile(r"(python|py|pypy)[0-9.]*(\.exe)?\Z")


class Command(NamedTuple):
    """One program with its arguments.

    Parameters
    ----------
    words : tuple of str
        The program without its path, and its arguments; ``python -m x`` is ``x``.
    line : int
        From 1 within the text.
    may_fail : bool
        Whether its failure stops the script: not behind ``|| true``.
    """

    words: tuple[str, ...]
    line: int
    may_fail: bool


def commands(text: str) -> Iterator[Command]:
    """The commands of a script, in order; what is in quotes or in a here document counts as one argument at most."""
    if len(text) > _MOST_SIGNS:
        return
    pending = ""
    start = 0
    until = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if until:
            until = "" if line.strip() == until else until
            continue
        bare = line.strip()
        if not pending:
            start = number
            if not bare or bare.startswith("#"):
                continue
        if bare.endswith("\\"):
            pending += bare[:-1] + " "
            continue
        whole = pending + bare
        pending = ""
        here = re.search(r"<<-?\s*['\"]?(\w+)['\"]?", whole)
        if here is not None:
            until = here[1]
        yield from _of_line(whole, start)
    if pending:
        yield from _of_line(pending, start)


def _of_line(line: str, number: int) -> Iterator[Command]:
    for inner in _SUBSTITUTED.finditer(line) if len(line) < _LONGEST_LINE else ():
        # Its failure does not stop the command that it stands in.
        yield from (command._replace(may_fail=False) for command in _of_line(inner["command"], number))
    ignored = _SWALLOWED.search(line) is not None
    for words in _parts(line) if len(line) < _LONGEST_LINE else ():
        bare = _words(words)
        if bare:
            yield Command(bare, number, not ignored)


def _parts(line: str) -> Iterator[list[str]]:
    """The commands of a line, as words; operators between quotes belong to them."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=";&|")
    lexer.whitespace_split = True
    try:
        tokens = list(lexer)
    except ValueError:
        tokens = line.split()
    part: list[str] = []
    for token in tokens:
        if token.strip(";&|"):
            part.append(token)
        else:
            yield part
            part = []
    yield part


def _words(words: list[str]) -> tuple[str, ...]:
    while words and (words[0] in _WRAPPERS or _ASSIGNED.match(words[0])):
        words = words[1:]
    if len(words) > 2 and words[0] in _RUNNERS and words[1] == "run":
        words = _words_of(words[2:])
        if words and _TASK.match(words[0]):
            words = ["task", *words]
    if len(words) > 2 and _PYTHON.match(words[0]) and words[1] == "-m":
        words = _words_of(words[2:])
    if not words:
        return ()
    program = words[0].rpartition("/")[2]
    return ("python" if _PYTHON.match(program) else program, *words[1:])


def _words_of(rest: list[str]) -> list[str]:
    """Without the runner's own options; ``coverage run -m pytest`` runs pytest."""
    while rest and rest[0].startswith("-"):
        rest = rest[2:] if rest[0] in _WITH_VALUE else rest[1:]
    return rest


def facts_of(command: Command, place: Place) -> Iterator[Seen]:
    """The program, and the program with its subcommand; arguments as texts."""
    program, *rest = command.words
    if not re.match(r"[A-Za-z][\w.-]*\Z", program):
        return
    program = program.replace(".", "_")
    texts = tuple(repr(word) for word in rest[:30])
    yield Seen(f"command.{program}", "call", place, texts, {})
    following = [word for word in rest if not word.startswith("-")]
    if following and _SUBCOMMAND.match(following[0]):
        yield Seen(f"command.{program}.{following[0]}", "call", place, texts, {})
