"""What reading another tool's file gives: the model, what was kept without being reasoned about, and remarks."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fatesline.errors import UserError, UserErrors, did_you_mean
from fatesline.model.features import Constraint, FeatureModel
from fatesline.model.formula import DEEPEST, Formula

#: Reading stops at this many faults: nobody mends more from one list, and a file of faults would take long.
MOST_FAULTS = 50
#: Suggestions compare a name with every known one, which is slow on large models.
MOST_HINTS = 5
LONGEST_HINTED_NAME = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """A constraint that was read and kept, but is not reasoned about.

    Parameters
    ----------
    text : str
        The constraint as it can be written back; names of imported features carry their prefix.
    where : str
        ``file:line:column``.
    because : str
        Why it is not reasoned about, in words.
    """

    text: str
    where: str
    because: str

    def __str__(self) -> str:
        return f"{self.where}: kept, not reasoned about ({self.because}): {self.text}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader noticed and settled by itself.

    Parameters
    ----------
    text : str
        What was noticed and how it was settled.
    where : str
        ``file:line:column``.
    """

    text: str
    where: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


@dataclass(frozen=True, slots=True)
class Imported:
    """A feature model read from another tool's file.

    Parameters
    ----------
    model : FeatureModel
        The Boolean part: tree, groups, formulas.
    kept : tuple of Kept
        Constraints beyond it, in the order of the file; pass them to ``write`` to keep them in the next file.
    remarks : tuple of Remark
        What the reader settled by itself.
    """

    model: FeatureModel
    kept: tuple[Kept, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Enough(Exception):
    """There are so many faults that reading on helps nobody."""


class Faults:
    """The faults of one reading, with their places.

    Parameters
    ----------
    name : str
        The file as the user named it.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._found: list[tuple[int, int, UserError]] = []
        self._hints = 0

    def __bool__(self) -> bool:
        return bool(self._found)

    def place(self, line: int, column: int) -> str:
        """``file:line:column``, both from 1."""
        return f"{self.name}:{line}:{column}"

    def add(self, what: str, line: int, column: int, way_on: str = "") -> None:
        """Note a fault at a line and column, both from 1.

        Raises
        ------
        Enough
            If there are `MOST_FAULTS`.
        """
        self.add_all((UserError(what, where=self.place(line, column), way_on=way_on),), line, column)

    def add_unknown(self, name: str, known: dict[str, object], line: int, column: int) -> None:
        """Note a name that is not declared, with the nearest one that is."""
        hint = ""
        if self._hints < MOST_HINTS and len(name) <= LONGEST_HINTED_NAME:
            self._hints += 1
            hint = did_you_mean(name, known)
        self.add(f'there is no feature "{shortened(name)}"', line, column, hint)

    def add_all(self, faults: tuple[UserError, ...], line: int, column: int = 0) -> None:
        """Take over faults, those of an imported file at the line of its import."""
        for fault in faults:
            self._found.append((line, column, fault))
            if len(self._found) >= MOST_FAULTS:
                raise Enough

    def all(self) -> tuple[UserError, ...]:
        """What was found, in the order of the file."""
        told = [fault for _, _, fault in sorted(self._found, key=lambda entry: entry[:2])]
        if len(told) >= MOST_FAULTS:
            told.append(UserError(f"reading stopped after {len(told)} faults", where=self.name))
        return tuple(told)

    def raise_found(self) -> None:
        """Raise the faults, if there are any.

        Raises
        ------
        UserErrors
            All of them, in the order of the file.
        """
        if self._found:
            raise UserErrors(self.all())


def shortened(text: str) -> str:
    """The text as it fits a message: at most 60 characters, control characters escaped."""
    shown = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text[:61])
    return shown if len(shown) <= 60 else shown[:57] + "..."


@contextmanager
def without_collection() -> Iterator[None]:
    """No garbage collection while many small values are made that all stay; it finds nothing and costs a third."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def joined(kind: str, parts: list[Formula]) -> Formula:
    """A conjunction or disjunction as every reader here builds it: a first part of the same kind is taken in."""
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    flat = (*first.parts, *parts[1:]) if first.kind == kind else tuple(parts)
    return Formula("and" if kind == "and" else "or", flat)


def too_deep(formula: Formula) -> bool:
    """Whether the formula is nested deeper than ``model.formula`` allows."""
    level = [formula]
    depth = 0
    while level:
        depth += 1
        if depth > DEEPEST:
            return True
        # Shared parts are looked at once per level: formulas made here share their literals.
        level = list({id(part): part for above in level for part in above.parts}.values())
    return False


def ordinary_id(position: int) -> str:
    """The id of a constraint whose file gives it none; the first has position 1."""
    return f"constraint-{position}"


def is_ordinary(constraint: Constraint, position: int) -> bool:
    """Whether a file without any note on the constraint reads back to the same constraint."""
    return constraint.id == ordinary_id(position) and constraint.level == "technical" and constraint.weight == 1
