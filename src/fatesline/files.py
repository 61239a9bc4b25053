"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from fatesline.errors import UserError

_MOST_AT_ONCE = 8


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that no reader, and no crash, ever sees half of it.

    Parameters
    ----------
    path : Path
        Its folder must exist. An existing file is replaced and keeps its permissions.
    content : str or bytes
        Text is written as UTF-8 with the line ends it has.

    Raises
    ------
    UserError
        If the folder does not exist or cannot be written.
    """
    write_together({path: content})


def write_together(contents: Mapping[Path, str | bytes]) -> None:
    """Write several files, each of them whole; where one cannot be written before any is replaced, none is.

    Parameters
    ----------
    contents : mapping of Path to str or bytes
        As for :func:`write_whole`; replaced in this order.

    Raises
    ------
    UserError
        If a folder does not exist or cannot be written.
    """
    waiting: dict[Path, tuple[str, Path]] = {}
    path = Path()
    try:
        for path, content in contents.items():
            # A link is followed: what the user linked to is replaced, not the link.
            target = Path(os.path.realpath(path))
            handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
            waiting[path] = temporary, target
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
        _flush([temporary for temporary, _ in waiting.values()])
        for path, (temporary, target) in list(waiting.items()):
            os.chmod(temporary, _permissions(target))
            os.replace(temporary, target)
            del waiting[path]
    except OSError as error:
        raise UserError(f"cannot be written: {error.strerror}", where=str(path)) from error
    finally:
        for temporary, _ in waiting.values():
            Path(temporary).unlink(missing_ok=True)


def _flush(paths: Sequence[str]) -> None:
    """Have files on the disk; side by side, because the disk takes many as fast as one."""
    if len(paths) < 2:
        for path in paths:
            _flush_one(path)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_MOST_AT_ONCE) as threads:
        for _ in threads.map(_flush_one, paths):
            pass


def _flush_one(path: str) -> None:
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def _permissions(path: Path) -> int:
    """Those of the file that is replaced, else what a new file gets."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
