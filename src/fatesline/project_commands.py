"""Commands on a generated project that lives on: bring it up to date, add and remove features, tell how it stands."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fatesline.catalog import load
from fatesline.catalog.project import check_against, parse_project
from fatesline.catalog.project_edit import with_choice
from fatesline.commands import opened, project_files
from fatesline.errors import UserError
from fatesline.files import write_whole
from fatesline.generation import upkeep
from fatesline.generation.upkeep import RECORD, Change, Status
from fatesline.model.features import unknown_feature
from fatesline.solution import Contradiction, Solution
from fatesline.solution import solve as complete


@dataclass(frozen=True, slots=True)
class Updated:
    """What bringing a project up to date changes, or changed.

    Parameters
    ----------
    changes : tuple of Change
        The project's own record first, if a decision was added.
    added, removed : tuple of str
        Features that the configuration gains and loses by the decision; empty without one.
    """

    changes: tuple[Change, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def project_status(folder: str | Path, *, catalogs: Sequence[str | Path] = ()) -> Status | Contradiction:
    """How a project stands: what was edited, what is outdated, which conflicts are open.

    Parameters
    ----------
    folder : str or Path
        Of a generated project.
    catalogs : sequence of str or Path
        Further catalog folders.

    Raises
    ------
    UserError
        If the folder holds no project of ours, or a file is faulty.
    """
    folder = Path(folder)
    found = complete(*opened(_own(folder), catalogs))
    return found if isinstance(found, Contradiction) else upkeep.status(_files(found, folder), folder)


def project_update(
    folder: str | Path, *, catalogs: Sequence[str | Path] = (), write: bool = True
) -> Updated | Contradiction:
    """Bring a project up to its own ``fates.yaml`` and to the catalog; edits are merged, none is lost.

    Parameters
    ----------
    folder : str or Path
        Of a generated project.
    catalogs : sequence of str or Path
        Further catalog folders.
    write : bool
        False only tells what would change.

    Raises
    ------
    UserError
        If the folder holds no project of ours, a file is faulty, or a conflict is still marked; nothing is written.
    """
    folder = Path(folder)
    found = complete(*opened(_own(folder), catalogs))
    if isinstance(found, Contradiction):
        return found
    files = _files(found, folder)
    changes = upkeep.merged(files, folder)
    if write:
        upkeep.apply(changes, files, folder)
    return Updated(changes)


def project_choose(
    folder: str | Path,
    features: Sequence[str],
    *,
    chosen: bool,
    catalogs: Sequence[str | Path] = (),
    write: bool = True,
) -> Updated | Contradiction:
    """Add features to a project, or take them out: the decision goes into ``fates.yaml``, the rest is an update.

    Parameters
    ----------
    folder : str or Path
        Of a generated project.
    features : sequence of str
        Ids.
    chosen : bool
        True adds, False takes out.
    catalogs : sequence of str or Path
        Further catalog folders.
    write : bool
        False only tells what would change.

    Returns
    -------
    Updated or Contradiction
        The latter where answers or laws ask for the opposite; nothing was written then.

    Raises
    ------
    UserError
        If there is no such feature, or as for `project_update`.
    """
    folder = Path(folder)
    catalog = load(catalogs)
    record = _own(folder)
    before, _ = opened(record, catalogs)
    names = [catalog.current_id(feature) for feature in features]
    for given, name in zip(features, names, strict=True):
        if name not in catalog.model:
            raise unknown_feature(given, catalog.model.ids)
    text = edited = record.read_bytes().decode()
    for name in names:
        edited = with_choice(edited, str(record), name, chosen=chosen)
    project = parse_project(edited, str(record))
    check_against(project, catalog, on=datetime.date.today())
    found = complete(project, catalog)
    if isinstance(found, Contradiction):
        return found
    earlier = complete(before, catalog)
    held = set() if isinstance(earlier, Contradiction) else set(earlier.chosen)
    files = {**project_files(found), RECORD: edited}
    changes = upkeep.merged(files, folder)
    if write:
        # The record first: whatever stops the rest, `fates update` goes on from it.
        write_whole(record, edited)
        upkeep.apply(changes, files, folder)
    own = (Change(RECORD, "replaced", text, edited),) if edited != text else ()
    return Updated(
        (*own, *changes),
        added=tuple(name for name in found.chosen if name not in held),
        removed=tuple(sorted(held - set(found.chosen))),
    )


def _files(found: Solution, folder: Path) -> dict[str, str]:
    """The files of the project; its record as it stands, which is the user's."""
    return {**project_files(found), RECORD: _own(folder).read_bytes().decode()}


def _own(folder: Path) -> Path:
    if not (folder / RECORD).is_file():
        raise UserError(
            f"no {RECORD} here, so this is no project that fates generated",
            where=str(folder),
            way_on="Name the folder of the project, or run `fates generate fates.yaml -o FOLDER` first.",
        )
    return folder / RECORD
