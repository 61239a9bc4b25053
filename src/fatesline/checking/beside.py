"""Test modules read beside each other: nothing imports them, so that each process can take a share of them."""

from __future__ import annotations

import marshal
import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from fatesline.checking.flow.scopes import Seen
from fatesline.checking.ignores import Ignore
from fatesline.checking.readers.reading import Problem
from fatesline.model.places import Place

#: Starting a process costs as much as reading some files.
_FEWEST_FILES = 24
_MOST_PROCESSES = 8


class Told(NamedTuple):
    """What reading one file gave.

    Parameters
    ----------
    path : str
    scopes : list of (str, list of Seen)
        What was seen in each scope, under its title.
    problems : list of Problem
    ignores : list of Ignore
    """

    path: str
    scopes: list[tuple[str, list[Seen]]]
    problems: list[Problem]
    ignores: list[Ignore]


class Aside:
    """Files that other processes have begun to read; the rest of them is read here, once there is time for it.

    Parameters
    ----------
    paths : sequence of str
    read : callable
        Must not depend on which other files were read before.
    sizes : mapping of str to int
        Bytes of each file.
    at_hand : int
        Bytes of what this process reads meanwhile, which leaves it a smaller share.

    Notes
    -----
    A child is a copy of this process (``fork``), and only what it has seen travels back. Where a child fails, its share
    is read here.
    """

    def __init__(
        self, paths: Sequence[str], read: Callable[[str], Told], sizes: Mapping[str, int], at_hand: int
    ) -> None:
        self._read = read
        self._own: Sequence[str] = paths
        self._children: list[tuple[Sequence[str], int, int]] = []
        number = min(_processors(), len(paths) // _FEWEST_FILES, _MOST_PROCESSES)
        if number < 2:
            return
        share = (at_hand + sum(sizes.values())) / number - at_hand
        own = 0
        while share > 0 and own < len(paths):
            share -= sizes[paths[own]]
            own += 1
        self._own, rest = paths[:own], paths[own:]
        shares = [rest[first :: number - 1] for first in range(number - 1)]
        self._children = [(share, *_started(share, read)) for share in shares if share]

    def told(self, done: Callable[[int], None] = lambda number: None) -> dict[str, Told]:
        """What was seen in each file.

        Parameters
        ----------
        done : callable
            Told how many more files have been read.
        """
        found = _read_here(self._own, self._read, done)
        while self._children:
            share, process, pipe = self._children.pop(0)
            with os.fdopen(pipe, "rb") as stream:
                raw = stream.read()
            _, status = os.waitpid(process, 0)
            if status == 0:
                found |= {told.path: told for told in map(_unpacked, marshal.loads(raw))}
                done(len(share))
            else:
                found |= _read_here(share, self._read, done)
        return found

    def given_up(self) -> None:
        """Let go of children that nobody waits for any more."""
        while self._children:
            _, process, pipe = self._children.pop(0)
            # With nobody to read what it writes, the child ends.
            os.close(pipe)
            os.waitpid(process, 0)


def _read_here(paths: Sequence[str], read: Callable[[str], Told], done: Callable[[int], None]) -> dict[str, Told]:
    found = {}
    for path in paths:
        found[path] = read(path)
        done(1)
    return found


def _processors() -> int:
    """How many processes may run at once; 1 where a process cannot be copied safely."""
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def _started(paths: Sequence[str], read: Callable[[str], Told]) -> tuple[int, int]:
    """A child that reads the files, and the end of the pipe from which to take what it tells."""
    source, target = os.pipe()
    process = os.fork()
    if process:
        os.close(target)
        return process, source
    status = 1
    try:
        os.close(source)
        packed = marshal.dumps([_packed(read(path)) for path in paths])
        with os.fdopen(target, "wb") as stream:
            stream.write(packed)
        status = 0
    finally:
        # Nothing of the parent may run twice: no handlers, no buffers.
        os._exit(status)


def _packed(told: Told) -> tuple[object, ...]:
    """In types that ``marshal`` knows."""
    return (
        told.path,
        [
            (
                title,
                [(name, role, tuple(place), positional, keywords) for name, role, place, positional, keywords in seen],
            )
            for title, seen in told.scopes
        ],
        [(one.kind, tuple(one.place), one.detail) for one in told.problems],
        [(tuple(one.place), one.line, one.rules, one.reason) for one in told.ignores],
    )


def _unpacked(packed: tuple) -> Told:  # type: ignore[type-arg]
    path, scopes, problems, ignores = packed
    return Told(
        path,
        [
            (
                title,
                [
                    Seen(name, role, Place._make(place), positional, keywords)
                    for name, role, place, positional, keywords in seen
                ],
            )
            for title, seen in scopes
        ],
        [Problem(kind, Place._make(place), detail) for kind, place, detail in problems],
        [Ignore(Place._make(place), line, rules, reason) for place, line, rules, reason in ignores],
    )
