"""What a user is told when something cannot be done: what is wrong, where, and how to go on."""

from __future__ import annotations

from collections.abc import Iterable


class UserError(Exception):
    """A fault that the user can mend; shown without a stack, exit code 2.

    Parameters
    ----------
    what : str
        What is wrong, in the user's words.
    where : str, optional
        Place, as ``file:line`` or ``file:line:column``; empty when there is none.
    way_on : str, optional
        How to go on.

    Notes
    -----
    ``str(error)`` is ``where: what. way_on`` with the empty parts left out.
    """

    def __init__(self, what: str, *, where: str = "", way_on: str = "") -> None:
        self.what = what
        self.where = where
        self.way_on = way_on
        super().__init__(self._worded())

    def _worded(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}\n  {self.way_on}" if self.way_on else text


class UserErrors(UserError):
    """Several faults found in one reading, in the order of their places.

    Parameters
    ----------
    faults : iterable of UserError
        At least one.

    Raises
    ------
    ValueError
        If there is no fault.
    """

    def __init__(self, faults: Iterable[UserError]) -> None:
        self.faults = tuple(faults)
        if not self.faults:
            raise ValueError("UserErrors needs at least one fault")
        super().__init__("\n".join(str(fault) for fault in self.faults))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like the one written; empty if none is like it."""
    import difflib

    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean "x"?`` for the nearest known word, or an empty string.

    Parameters
    ----------
    word : str
        What was written.
    known : iterable of str
        What exists.
    """
    near = nearest(word, known)
    return f'did you mean "{near}"?' if near else ""
