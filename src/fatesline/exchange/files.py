"""Bytes and text of feature-model files: compressed or not, bounded, one encoding."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from fatesline.errors import UserError

#: Unpacked bytes of one file; the largest public feature models have under 50 MB.
MOST_BYTES = 256 * 1024 * 1024

_GZIP_START = b"\x1f\x8b"
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def bytes_of(path: Path) -> bytes:
    """The content of a file, unpacked if it is gzip.

    Parameters
    ----------
    path : Path

    Returns
    -------
    bytes

    Raises
    ------
    UserError
        If the file cannot be read, is a damaged archive, or is larger than `MOST_BYTES`.
    """
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == _GZIP_START
            stream.seek(0)
            content = gzip.GzipFile(fileobj=stream).read(MOST_BYTES + 1) if packed else stream.read(MOST_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
        raise UserError("the archive is damaged or cut off", where=str(path), way_on=f"gzip says: {fault}") from None
    except FileNotFoundError:
        raise UserError("there is no such file", where=str(path)) from None
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise UserError(f"the file cannot be read: {reason[:1].lower()}{reason[1:]}", where=str(path)) from None
    if len(content) > MOST_BYTES:
        raise UserError(f"the file holds more than {MOST_BYTES // 1024 // 1024} MB", where=str(path))
    return content


def decoded(content: bytes, name: str) -> str:
    r"""The text of a file in UTF-8, or in UTF-16 with a byte order mark; line ends become ``\n``.

    Parameters
    ----------
    content : bytes
    name : str
        The file as the user named it.

    Returns
    -------
    str

    Raises
    ------
    UserError
        With line and column of the first byte that does not fit the encoding.
    """
    encoding = next((known for mark, known in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as fault:
        before = content[: fault.start].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        label = "UTF-16" if encoding == "utf-16" else "UTF-8"
        raise UserError(
            f"the byte 0x{content[fault.start]:02x} is not {label}",
            where=f"{name}:{line}:{column}",
            way_on="Save the file in one encoding, UTF-8.",
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def packed(text: str, *, compress: bool) -> bytes:
    """The bytes to write for a text, always the same for the same text."""
    content = text.encode("utf-8")
    return gzip.compress(content, mtime=0) if compress else content
