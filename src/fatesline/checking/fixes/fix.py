"""What a fix is: edits that remove one finding, what they do, and whether they may be made without asking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from fatesline.catalog.entry import Text
from fatesline.model.places import Edit, Place

if TYPE_CHECKING:
    from fatesline.checking.findings import Finding
    from fatesline.checking.fixes.workshop import Workshop

Safety = Literal["safe", "unsafe", "depends"]


@dataclass(frozen=True, slots=True)
class Span:
    """The same stretch of a file as an edit's, in lines and columns from 1; columns count characters.

    Parameters
    ----------
    start_line, start_column, end_line, end_column : int
        Up to the end, which does not belong to it.
    """

    start_line: int
    start_column: int
    end_line: int
    end_column: int


def span_of(edit: Edit, raw: bytes) -> Span:
    """Where an edit of a file in UTF-8 stands; a byte order mark is no character."""

    def position(offset: int) -> tuple[int, int]:
        before = raw[:offset].decode("utf-8-sig")
        line = before.replace("\r\n", "\n").replace("\r", "\n")
        return line.count("\n") + 1, len(line) - line.rfind("\n")

    return Span(*position(edit.start), *position(edit.end))


@dataclass(frozen=True, slots=True)
class Fix:
    """How one finding can be mended.

    Parameters
    ----------
    rule : str
        Id of the rule whose finding it removes.
    place : Place or None
        Where that finding stands; None where it stands nowhere.
    what : Text
        What is done, as an infinitive without a full stop.
    is_safe : bool
        True: the program does what it did, but for the fault. False: somebody has to look at it, because it changes the
        form of a file, needs another package or rests on a guess.
    edits : mapping of str to tuple of Edit
        By file, in bytes of the file as it is.
    spans : mapping of str to tuple of Span
        The same edits in lines and columns, in their order.
    new_files : mapping of str to str
        Files to be written beside them: text by path.
    feature : str
        The missing feature that it adds; empty for faults of wiring.
    is_complete : bool
        False: it leaves a marked place for people, and the finding stays until they have filled it.
    """

    rule: str
    place: Place | None
    what: Text
    is_safe: bool
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict, hash=False)
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict, hash=False)
    new_files: Mapping[str, str] = field(default_factory=dict, hash=False)
    feature: str = ""
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a fixer would do in one file: edits in bytes of its code, from which a :class:`Fix` is made.

    Parameters
    ----------
    edits : tuple of Edit
        For a notebook, in the text of all its cells.
    is_safe : bool
    what : Text or None
        Where it is more than the fixer does in general.
    new_files : mapping of str to str
    is_complete : bool
    file : str
        Which file is edited; that of the finding when empty.
    """

    edits: tuple[Edit, ...]
    is_safe: bool = True
    what: Text | None = None
    new_files: Mapping[str, str] = field(default_factory=dict, hash=False)
    is_complete: bool = True
    file: str = ""


@dataclass(frozen=True, slots=True)
class Fixer:
    """Makes fixes for the findings of some rules.

    Parameters
    ----------
    rules : tuple of str
        Slugs of the rules.
    what : Text
        What it does, as an infinitive without a full stop.
    safety : {'safe', 'unsafe', 'depends'}
        Of the fixes it makes; ``depends``: each says so itself.
    proposals : callable
        A finding and the files it is about -> what could be done, best first; nothing where it is not certain how.
    needs_protected : bool
        Whether it does nothing until somebody says which columns are protected.
    """

    rules: tuple[str, ...]
    what: Text
    safety: Safety
    proposals: Callable[[Finding, Workshop], Iterable[Proposal]]
    needs_protected: bool = False
