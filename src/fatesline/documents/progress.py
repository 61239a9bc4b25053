"""A progress bar on a terminal, on the error stream, gone when done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def drawn(what: str) -> Iterator[Callable[[int, int], None]]:
    """Draw while the context lasts.

    Parameters
    ----------
    what : str
        Said before the bar.

    Yields
    ------
    callable
        To be called with what is done and the total.
    """
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
