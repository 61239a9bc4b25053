"""One public function for each further command ``fates catalog …``. `cli_catalog` adds printing."""

from __future__ import annotations

from pathlib import Path

from fatesline.catalog.schema import schema_files
from fatesline.errors import UserError
from fatesline.files import write_whole


def catalog_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the JSON schema of every kind of catalog file, of ``fates.yaml`` and of answers files.

    Parameters
    ----------
    folder : Path
        Made where it does not exist.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    UserError
        If the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"the folder cannot be made: {error.strerror}", where=str(folder)) from error
    files = schema_files()
    for name, text in files.items():
        write_whole(folder / name, text)
    return tuple(folder / name for name in files)
