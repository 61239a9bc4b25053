"""What a reader gives back: code to follow, and what could not be read."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Literal

from fatesline.model.places import Place

#: Larger files are data or generated code; reading one would take seconds.
MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read; the rest is still checked.

    Parameters
    ----------
    kind : {'syntax', 'encoding', 'form', 'size', 'depth', 'unreadable'}
        ``form``: the file is not what its suffix says. ``depth``: nested too deeply.
    place : Place
    detail : str
        What the parser or the system says, in a few words; empty when the kind says it all.
    """

    kind: Literal["syntax", "encoding", "form", "size", "depth", "unreadable"]
    place: Place
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as its reader left it.

    Parameters
    ----------
    statements : tuple of ast.stmt
        Code, in running order.
    text : str
        The code that the positions of the statements refer to.
    cell_starts : tuple of int
        For a notebook, the number of lines of ``text`` before each cell.
    problems : tuple of Problem
    """

    statements: tuple[ast.stmt, ...] = ()
    text: str = ""
    cell_starts: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


def refused(
    kind: Literal["syntax", "encoding", "form", "size", "depth", "unreadable"], path: str, detail: str = ""
) -> Reading:
    """A reading of nothing but one problem with the whole file."""
    return Reading(problems=(Problem(kind, Place(path), detail),))
