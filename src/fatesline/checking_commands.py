"""The public function behind ``fates fix``: findings mended, in the files or only as a difference."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fatesline.catalog import Catalog, load
from fatesline.commands import solve
from fatesline.errors import UserError
from fatesline.files import write_together
from fatesline.solution import Contradiction, Solution

if TYPE_CHECKING:
    from fatesline.checking.mending import Mended


@dataclass(frozen=True, slots=True)
class Fixed:
    """What ``fix`` did, or would do.

    Parameters
    ----------
    mended : Mended
    catalog : Catalog
        For titles.
    differences : str
        Unified diff of all files.
    """

    mended: Mended
    catalog: Catalog
    differences: str


def fix(
    path: str | Path,
    *,
    config: str | Path | None = None,
    catalogs: Sequence[str | Path] = (),
    baseline: str | Path | None = None,
    unsafe: bool = False,
    rules: Sequence[str] = (),
    protected: Sequence[str] = (),
    write: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Fixed | Contradiction:
    """Mend what can be mended without asking; every fix is checked before anything is written.

    Parameters
    ----------
    path : str or Path
        A file or a folder.
    config : str or Path, optional
        ``fates.yaml``; says what is required. One in the folder is taken when absent.
    catalogs : sequence of str or Path
    baseline : str or Path, optional
        Findings that are known, and stay.
    unsafe : bool
        Whether fixes are made that somebody has to look at.
    rules : sequence of str
        Ids or slugs of what is to be mended; everything when empty.
    protected : sequence of str
        Columns whose groups are compared; those of ``fates.yaml`` when empty.
    write : bool
        False: only the differences are told.
    progress : callable, optional
        Called with the number of files read and the number to read.

    Raises
    ------
    UserError
        If the path does not exist, a rule is not known, or a file cannot be written. Files are replaced whole, one
        after the other.
    """
    from fatesline.checking.baseline import read_baseline
    from fatesline.checking.detectors import RULES
    from fatesline.checking.mending import mended
    from fatesline.errors import did_you_mean

    path = Path(path)
    if not path.exists():
        raise UserError("there is no such file or folder", where=str(path))
    by_name = {name.lower(): rule.id for rule in RULES for name in (rule.id, rule.slug)}
    for name in rules:
        if name.lower() not in by_name:
            raise UserError(f'no rule is called "{name}"', way_on=did_you_mean(name, by_name))
    beside = path / "fates.yaml" if path.is_dir() else None
    if config is None and beside is not None and beside.is_file():
        config = beside
    solution: Solution | None = None
    if config is not None:
        found = solve(config, catalogs=catalogs)
        if isinstance(found, Contradiction):
            return found
        solution = found
    catalog = solution.catalog if solution is not None else load(catalogs)
    done = mended(
        path,
        catalog,
        solution,
        unsafe=unsafe,
        rules=frozenset(by_name[name.lower()] for name in rules) if rules else None,
        protected=tuple(protected),
        wished=("group_metrics",) if protected and solution is None else (),
        baseline=read_baseline(Path(baseline)) if baseline is not None else {},
        progress=progress,
    )
    root = path if path.is_dir() else path.parent
    if write:
        _write(done, root)
    return Fixed(done, catalog, _differences(done))


def _write(done: Mended, root: Path) -> None:
    for file, (before, _) in done.changes.items():
        target = root / file
        if (target.read_bytes() if target.exists() else None) != before:
            raise UserError("was changed while it was checked; nothing was written", where=str(target))
    write_together({root / file: after for file, (_, after) in done.changes.items()})


def _differences(done: Mended) -> str:
    pieces: list[str] = []
    for file, (before, after) in done.changes.items():
        lines = difflib.unified_diff(
            (before or b"").decode("utf-8", "replace").splitlines(keepends=True),
            after.decode("utf-8", "replace").splitlines(keepends=True),
            f"a/{file}" if before is not None else "/dev/null",
            f"b/{file}",
        )
        pieces += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
    return "".join(pieces)
