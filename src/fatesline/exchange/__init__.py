"""Feature models of other tools: UVL, FeatureIDE and DIMACS, in and out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fatesline.errors import UserError
from fatesline.exchange import dimacs, featureide, uvl
from fatesline.exchange.files import packed
from fatesline.exchange.imported import Imported, Kept, Remark
from fatesline.model.features import FeatureModel

__all__ = ["SUFFIXES", "Imported", "Kept", "Remark", "read", "write"]

_READERS = {".uvl": uvl.read, ".xml": featureide.read, ".cnf": dimacs.read, ".dimacs": dimacs.read}

#: What `read` and `write` know; each also with ``.gz`` behind it.
SUFFIXES = tuple(_READERS)


def read(path: str | Path) -> Imported:
    """Read a feature model, in the format its suffix names.

    Parameters
    ----------
    path : str or Path
        ``.uvl``, ``.xml`` (FeatureIDE), ``.cnf`` or ``.dimacs``; also packed, as in ``linux.uvl.gz``.

    Returns
    -------
    Imported
        The model; constraints that were kept without being reasoned about; remarks.

    Raises
    ------
    UserError
        If the file cannot be read; every fault found in it, with line and column.

    Notes
    -----
    Linear in the size of the file, about 0.1 µs for each byte of UVL.
    """
    path = Path(path)
    return _READERS[_suffix(path)](path)


def write(model: FeatureModel, target: str | Path, *, kept: Iterable[Kept] = ()) -> str:
    """Write a feature model, in the format the suffix names.

    Parameters
    ----------
    model : FeatureModel
    target : str or Path
        A path, or a suffix alone (``".uvl"``), which writes no file.
    kept : iterable of Kept
        Constraints beyond the model that were read from UVL; written to UVL only.

    Returns
    -------
    str
        The text, also written to the path if there is one; packed if it ends in ``.gz``.

    Raises
    ------
    UserError
        If the format cannot hold the model, or the file cannot be written.
    """
    suffix = target if isinstance(target, str) and target in SUFFIXES else _suffix(Path(target))
    if suffix == ".uvl":
        text = uvl.written(model, kept)
    elif suffix == ".xml":
        text = featureide.written(model)
    else:
        text = dimacs.written(model)
    if suffix != target:
        path = Path(target)
        try:
            path.write_bytes(packed(text, compress=path.suffix == ".gz"))
        except OSError as fault:
            raise UserError(f"the file cannot be written: {fault.strerror}", where=str(path)) from None
    return text


def _suffix(path: Path) -> str:
    bare = path.with_suffix("") if path.suffix == ".gz" else path
    if bare.suffix not in _READERS:
        known = ", ".join(SUFFIXES)
        what = f'"{bare.suffix}" is no known suffix of a feature model' if bare.suffix else "the file has no suffix"
        raise UserError(what, where=str(path), way_on=f"Known are {known}, each also with .gz.")
    return bare.suffix
