"""Which catalogs apply: the built-in one, those of installed packages, those the user gives; later ones on top."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from fatesline.catalog.assemble import assemble
from fatesline.catalog.catalog import Catalog
from fatesline.catalog.read import Contents, read_contents
from fatesline.errors import UserError, UserErrors

#: Packages that bring a catalog name its folder here: ``acme = "acme_catalog"`` or ``acme = "acme.catalog"``.
ENTRY_POINTS = "fatesline.catalogs"


def load(folders: Sequence[str | Path] = (), *, packages: bool = True, thorough: bool = False) -> Catalog:
    """Every catalog that applies, put together.

    Parameters
    ----------
    folders : sequence of str or Path
        Catalogs of the user, on top of the others; the last one on top.
    packages : bool
        False: leave out catalogs of installed packages.
    thorough : bool
        True: compare the components of the built-in catalog with their entries, too. Those of all others always are;
        the built-in ones were before they were shipped, and parsing them takes longer than everything else.

    Raises
    ------
    UserErrors
        Every problem of every file at once.

    Notes
    -----
    Nothing of a catalog is run: packages are found without importing them.
    """
    built_in, shown_as = built_in_folder()
    readings: list[tuple[Path, str, str]] = [(built_in, shown_as, "built-in")]
    if packages:
        readings += [(*_package_folder(point), "package") for point in _installed()]
    readings += [(folder, folder.as_posix(), "folder") for folder in map(Path, folders)]
    return _read(readings, trusted=None if thorough else built_in)


def read_catalog(folder: Path, *, shown_as: str | None = None) -> Catalog:
    """The catalog in one folder, on its own.

    Parameters
    ----------
    folder : Path
        Holds ``catalog.yaml``.
    shown_as : str, optional
        How places name the folder; as given when left out.

    Raises
    ------
    UserErrors
        Every problem of every file at once.
    """
    return _read([(folder, shown_as if shown_as is not None else folder.as_posix(), "folder")])


def read_layers(folders: Sequence[str | Path]) -> Catalog:
    """The catalogs in some folders put together, without the built-in one and without installed packages.

    Parameters
    ----------
    folders : sequence of str or Path
        At least one; the last one on top.

    Raises
    ------
    UserErrors
        Every problem of every file at once.
    """
    return _read([(folder, folder.as_posix(), "folder") for folder in map(Path, folders)])


def built_in_folder() -> tuple[Path, str]:
    """The folder of the catalog that comes with the tool, and how places name it.

    Raises
    ------
    UserError
        If the installation has lost it.
    """
    package = Path(__file__).parents[1]
    installed = package / "builtin_catalog"
    if installed.is_dir():
        return installed, "fatesline/builtin_catalog"
    in_repository = package.parents[1] / "catalog"
    if in_repository.is_dir():
        return in_repository, "catalog"
    raise UserError("the built-in catalog is missing", way_on="Install fatesline again.")


def _read(readings: Sequence[tuple[Path, str, str]], *, trusted: Path | None = None) -> Catalog:
    contents: list[Contents] = []
    faults: list[UserError] = []
    for folder, shown_as, origin in readings:
        try:
            contents.append(read_contents(folder, shown_as=shown_as, origin=origin))  # type: ignore[arg-type]
        except UserErrors as errors:
            faults += errors.faults
        except UserError as error:
            faults.append(error)
    if faults:
        # Without one of its layers the catalog would be blamed for what is merely not there.
        raise UserErrors([*faults, *(fault for one in contents for fault in one.faults)])
    return assemble(contents, trusted=trusted)


def _installed() -> list[EntryPoint]:
    return sorted(entry_points(group=ENTRY_POINTS), key=lambda point: (point.name, point.value))


def _package_folder(point: EntryPoint) -> tuple[Path, str]:
    package, *below = point.value.split(".")
    # Only the top package is looked up: finding a module further down would import those above it.
    found = importlib.util.find_spec(package) if package.isidentifier() else None
    for location in (found.submodule_search_locations or ()) if found else ():
        folder = Path(location).joinpath(*below)
        if folder.is_dir():
            return folder, "/".join((package, *below))
    owner = f' of the package "{point.dist.name}"' if point.dist else ""
    raise UserError(
        f'the entry point "{point.name}"{owner} names the folder "{point.value}", which is not there',
        way_on="Install that package again, or remove it.",
    )
