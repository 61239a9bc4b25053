"""One public function for each further command ``fates catalog …``. `cli_catalog` adds printing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fatesline.catalog import Catalog, load
from fatesline.catalog.schema import schema_files
from fatesline.errors import UserError, did_you_mean
from fatesline.files import write_whole
from fatesline.model.features import unknown_feature

if TYPE_CHECKING:
    from fatesline.curation import Change, Overview, Part, ProjectDifference, Standing

#: The word that names the catalog that comes with the tool where a folder is asked for.
BUILT_IN = "built-in"


@dataclass(frozen=True, slots=True)
class CatalogDifference:
    """What differs between two versions of a catalog, and for a project.

    Parameters
    ----------
    old, new : Catalog
    changes : tuple of Change
    project : ProjectDifference or None
        None unless a project was given.
    """

    old: Catalog
    new: Catalog
    changes: tuple[Change, ...]
    project: ProjectDifference | None


def catalog_overview(folders: Sequence[str | Path] = (), *, seconds: float = 60.0) -> Overview:
    """The catalog in figures: what it holds, what every project has, how many configurations are valid.

    Parameters
    ----------
    folders : sequence of str or Path
        Catalogs to put on top of the built-in one.
    seconds : float
        For counting; bounds are given where it does not suffice.

    Raises
    ------
    UserError
        If a file is faulty; all faults at once.
    """
    from fatesline.curation import overview

    return overview(load(folders), seconds=seconds)


def catalog_show(id: str, folders: Sequence[str | Path] = ()) -> tuple[Catalog, str, Standing | None]:
    """One thing of the catalog, and where it stands in the tree.

    Parameters
    ----------
    id : str
        Of a feature (today's or a former one), question, option, constraint or source.
    folders : sequence of str or Path

    Returns
    -------
    Catalog, str, Standing or None
        The catalog, the id of today, and None for a constraint or source, which are not in the tree.

    Raises
    ------
    UserError
        If nothing has that id; with the nearest one that exists.
    """
    from fatesline.curation import standing

    catalog = load(folders)
    name = catalog.current_id(id)
    if name in catalog.model:
        return catalog, name, standing(catalog, name)
    if id in catalog.constraints or id in catalog.sources:
        return catalog, id, None
    known = [*catalog.model.ids, *catalog.constraints, *catalog.sources]
    raise UserError(f'nothing has the id "{id}"', way_on=did_you_mean(id, known))


def catalog_parameters(folders: Sequence[str | Path] = ()) -> Catalog:
    """The catalog whose entries hold the values that users may set.

    Parameters
    ----------
    folders : sequence of str or Path

    Raises
    ------
    UserError
        If a file is faulty; all faults at once.
    """
    return load(folders)


def catalog_graph(id: str | None = None, folders: Sequence[str | Path] = (), *, depth: int = 1) -> tuple[Catalog, Part]:
    """A part of the catalog around a feature: the tree, and the constraints that tie what is in it.

    Parameters
    ----------
    id : str, optional
        Of a feature, today's or a former one; the root when left out.
    folders : sequence of str or Path
    depth : int
        Steps from the feature, at least 0: along the tree, or through a constraint.

    Raises
    ------
    UserError
        If there is no such feature.
    """
    from fatesline.curation import part_around

    catalog = load(folders)
    name = catalog.model.root.id if id is None else catalog.current_id(id)
    if name not in catalog.model:
        raise unknown_feature(name, catalog.model.ids)
    return catalog, part_around(catalog, name, depth=depth)


def catalog_diff(
    old: str | Path, new: str | Path, *, config: str | Path | None = None, folders: Sequence[str | Path] = ()
) -> CatalogDifference:
    """What a new version of a catalog changes, and what that means for a project.

    Parameters
    ----------
    old, new : str or Path
        Folders; the path ``built-in`` is the catalog that comes with the tool. Unless both are whole on their own, both
        lie on top of that.
    config : str or Path, optional
        ``fates.yaml`` of a project.
    folders : sequence of str or Path
        Further catalogs on top of both.

    Raises
    ------
    UserError
        If a file is faulty, or the project does not fit the old catalog.
    """
    from fatesline.catalog.project import read_project
    from fatesline.curation import changes, project_difference

    before, after = _both(Path(old), Path(new), folders)
    project = None
    if config is not None:
        config = Path(config)
        decided = read_project(config / "fates.yaml" if config.is_dir() else config)
        project = project_difference(decided, before, after)
    return CatalogDifference(before, after, changes(before, after), project)


def catalog_schemas(folder: str | Path) -> tuple[Path, ...]:
    """Write the JSON schema of every kind of catalog file, of ``fates.yaml`` and of answers files.

    Parameters
    ----------
    folder : str or Path
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
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"the folder cannot be made: {error.strerror}", where=str(folder)) from error
    files = schema_files()
    for name, text in files.items():
        write_whole(folder / name, text)
    return tuple(folder / name for name in files)


def _both(old: Path, new: Path, further: Sequence[str | Path]) -> tuple[Catalog, Catalog]:
    """Two catalogs, with the built-in one below both unless both are whole on their own."""
    from fatesline.catalog.layers import read_layers

    def on_top(folder: Path) -> Catalog:
        below = [] if _is_built_in(folder) else [folder]
        return load([*below, *further], packages=False)

    def alone(folder: Path) -> Catalog:
        return on_top(folder) if _is_built_in(folder) else read_layers([folder, *further])

    try:
        before, after = alone(old), alone(new)
        # A layer that refers to nothing yet can be read alone, and is no catalog for a project all the same.
        if before.entries and after.entries:
            return before, after
        failed = None
    except UserError as error:
        failed = error
    try:
        return on_top(old), on_top(new)
    except UserError as error:
        # A whole catalog with a fault clashes with the built-in one throughout; its own faults are fewer.
        raise min(error, failed or error, key=lambda one: len(str(one))) from None


def _is_built_in(folder: Path) -> bool:
    return str(folder) == BUILT_IN and not folder.exists()
