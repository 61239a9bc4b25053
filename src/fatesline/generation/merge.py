"""Two people changed one text: both changes, or a marked conflict. git does it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fatesline.errors import UserError

YOURS, OURS = "your edits", "fatesline"
#: The lines by which git marks a conflict, with our names behind them.
OPENING, CLOSING = f"<<<<<<< {YOURS}", f">>>>>>> {OURS}"

# More conflicts than this are counted as this many; above it git reports failures.
_MOST_CONFLICTS = 127


@dataclass(frozen=True, slots=True)
class Merged:
    """A text with both changes in it.

    Parameters
    ----------
    text : str
    conflicts : int
        Places that hold both versions between markers.
    """

    text: str
    conflicts: int


def three_way(base: str, yours: str, ours: str) -> Merged:
    """Carry the changes from ``base`` to ``ours`` over to ``yours``.

    Parameters
    ----------
    base, yours, ours : str
        As it was written, as the user left it, as it would be written now. A user's text with Windows line ends keeps
        them.

    Returns
    -------
    Merged

    Raises
    ------
    UserError
        If there is no git.
    """
    if "\r\n" in yours and "\n" not in yours.replace("\r\n", ""):
        base, ours = (text.replace("\r\n", "\n").replace("\n", "\r\n") for text in (base, ours))
    with tempfile.TemporaryDirectory(prefix="fates-") as folder:
        paths = [Path(folder) / name for name in ("yours", "base", "ours")]
        for path, text in zip(paths, (yours, base, ours), strict=True):
            path.write_bytes(text.encode())
        names = [part for name in (YOURS, "as written before", OURS) for part in ("-L", name)]
        try:
            done = subprocess.run(
                ["git", "merge-file", "-p", *names, *(path.name for path in paths)],
                cwd=folder, env=_plain_environment(), capture_output=True, check=False,
            )  # fmt: skip
        except FileNotFoundError:
            raise UserError(
                "files that were edited are merged by git, and there is none here",
                way_on="Install git, then run again.",
            ) from None
    if not 0 <= done.returncode <= _MOST_CONFLICTS:
        raise UserError(f"git could not merge: {done.stderr.decode(errors='replace').strip()}")
    return Merged(done.stdout.decode(), done.returncode)


def is_marked(text: str) -> bool:
    """Whether a conflict of ours is still in the text."""
    lines = text.splitlines()
    return OPENING in lines or CLOSING in lines


def _plain_environment() -> dict[str, str]:
    """The user's environment without their settings of git, which change how conflicts look."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
