"""A progress bar on a terminal, on the error stream, gone when done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

_SECONDS_BETWEEN = 0.1


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

    Notes
    -----
    It is drawn from within the calls and not by a thread of its own: a process with threads cannot be copied safely,
    and the checker reads test files in copies of itself.
    """
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(what, total=None)
        drawn_at = 0.0

        def moved(done: int, total: int) -> None:
            nonlocal drawn_at
            bar.update(task, completed=done, total=total)
            if time.monotonic() - drawn_at >= _SECONDS_BETWEEN or done == total:
                bar.refresh()
                drawn_at = time.monotonic()

        yield moved
