"""One folder -> its contents, each thing with the line it is written on; all faulty files reported at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel

from fatesline.catalog.catalog import Layer
from fatesline.catalog.entry import (
    CatalogFile,
    ConstraintsFile,
    ConstraintShape,
    ContextFile,
    Entry,
    Question,
    RequirementsFile,
    Section,
    Source,
    SourcesFile,
    TargetFile,
)
from fatesline.catalog.positions import DataPath, Positioned, read_yaml, shaped
from fatesline.errors import UserError, UserErrors, did_you_mean
from fatesline.model.places import Place

_T = TypeVar("_T", covariant=True)

#: More files than any catalog has; a folder with more is something else, given by mistake.
MOST_FILES = 5000

#: Folders of a catalog, and what their YAML files hold.
FOLDERS = ("context", "requirements", "constraints", "sources", "mechanisms", "targets", "profiles")


@dataclass(frozen=True, slots=True)
class Placed(Generic[_T]):
    """Something read, and where.

    Parameters
    ----------
    value : object
    positioned : Positioned
        The file it is from.
    path : tuple of str and int
        Where in the file.
    folder : Path or None
        For things with a folder of their own.
    """

    value: _T
    positioned: Positioned
    path: DataPath = ()
    folder: Path | None = None

    @property
    def place(self) -> Place:
        """File and line."""
        return self.positioned.place(self.path)

    def fault(self, what: str, *path: str | int, way_on: str = "") -> UserError:
        """An error at the line of a part of it."""
        return self.positioned.fault(what, (*self.path, *path), way_on=way_on)


@dataclass(slots=True)
class Contents:
    """What one folder holds, in reading order.

    Parameters
    ----------
    layer : Layer
    file : Placed of CatalogFile
    faults : list of UserError
        Of files that could not be read; what they hold is missing from the lists.
    declared : set of str
        Ids that the faulty files seem to declare, so that references to them are no further faults.
    is_partial : bool
        True if some file could not be read at all, so that nobody knows what it declares.
    """

    layer: Layer
    file: Placed[CatalogFile]
    sections: list[Placed[Section]] = field(default_factory=list)
    questions: list[Placed[Question]] = field(default_factory=list)
    entries: list[Placed[Entry]] = field(default_factory=list)
    constraints: list[Placed[ConstraintShape]] = field(default_factory=list)
    sources: list[tuple[str, Placed[Source]]] = field(default_factory=list)
    targets: list[Placed[TargetFile]] = field(default_factory=list)
    faults: list[UserError] = field(default_factory=list)
    declared: set[str] = field(default_factory=set)
    is_partial: bool = False


def read_contents(
    folder: Path, *, shown_as: str | None = None, origin: Literal["built-in", "package", "folder"] = "folder"
) -> Contents:
    """Read all catalog files below a folder.

    Parameters
    ----------
    folder : Path
        Holds ``catalog.yaml``.
    shown_as : str, optional
        How places name the folder; as given when left out.
    origin : {'built-in', 'package', 'folder'}, optional

    Raises
    ------
    UserError
        If there is no such folder, or its ``catalog.yaml`` is missing or faulty. Faults of other files are returned.

    Notes
    -----
    Nothing in the folder is run or imported. Links to other folders are not followed.
    """
    shown = (shown_as if shown_as is not None else folder.as_posix()).rstrip("/") or "/"
    if not folder.is_dir():
        raise UserError("there is no such catalog folder", where=shown)
    if not (folder / "catalog.yaml").is_file():
        raise UserError(
            "this folder is no catalog: it has no catalog.yaml",
            where=shown,
            way_on="Give the folder that holds catalog.yaml, or write one: name, version, languages, title.",
        )
    positioned = read_yaml(folder / "catalog.yaml", shown_as=f"{shown}/catalog.yaml")
    about = shaped(CatalogFile, positioned)
    layer = Layer(about.name, about.version, folder, shown, origin, about.languages)
    contents = Contents(layer, Placed(about, positioned))
    for relative in _files(folder, shown):
        if relative.suffix == ".yaml" and str(relative) != "catalog.yaml":
            _read_file(contents, relative)
        elif relative.suffix == ".yml":
            contents.faults.append(UserError("catalog files end in .yaml", where=f"{shown}/{relative}"))
    return contents


def _files(folder: Path, shown: str) -> Iterator[PurePosixPath]:
    """Paths of YAML files, context first and mechanisms last; skeletons and cases left out."""

    def refuse(error: OSError) -> None:
        raise UserError(f"the folder cannot be read: {error.strerror or error}", where=shown) from None

    found = []
    count = 0
    for parent, folders, files in os.walk(folder, onerror=refuse):
        relative = PurePosixPath(Path(parent).relative_to(folder).as_posix())
        depth = len(relative.parts)
        top = relative.parts[0] if depth else ""
        # Skeletons of targets and cases of mechanisms may hold YAML of other kinds.
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith((".", "__"))
            and not (top == "targets" and depth == 2)
            and not (top == "mechanisms" and depth == 3)
        )
        count += len(files)
        if count > MOST_FILES:
            raise UserError(f"the folder holds more than {MOST_FILES} files; is it a catalog?", where=shown)
        found += [relative / name for name in files if name.endswith((".yaml", ".yml")) and not name.startswith(".")]

    def order(path: PurePosixPath) -> tuple[int, tuple[str, ...]]:
        top = path.parts[0]
        return FOLDERS.index(top) if top in FOLDERS else len(FOLDERS), path.parts

    yield from sorted(found, key=order)


def _read_file(contents: Contents, relative: PurePosixPath) -> None:
    layer = contents.layer
    shown = f"{layer.shown_as}/{relative}"
    match relative.parts:
        case ("sources.yaml",) | ("sources", _):
            shape: type[BaseModel] = SourcesFile
            take: Callable[[Contents, Any, Positioned, Path], None] = _take_sources
        case ("context", _):
            shape, take = ContextFile, _take_context
        case ("requirements", _):
            shape, take = RequirementsFile, _take_requirements
        case ("constraints", _):
            shape, take = ConstraintsFile, _take_constraints
        case ("mechanisms", _, _, "entry.yaml"):
            shape, take = Entry, _take_mechanism
        case ("targets", _, "target.yaml"):
            shape, take = TargetFile, _take_target
        case ("profiles", _):
            # Answers for `fates check --profile`, in the form of fates.yaml: read when they are asked for.
            return
        case _:
            contents.faults.append(UserError("nothing reads this file", where=shown, way_on=_where_to(relative)))
            return
    try:
        positioned = read_yaml(layer.folder / relative, shown_as=shown)
    except UserError as error:
        contents.faults.append(error)
        # An entry's folder has its name; of other files nobody knows what they declare.
        if relative.name == "entry.yaml":
            contents.declared.add(relative.parent.name)
        else:
            contents.is_partial = True
        return
    try:
        value = shaped(shape, positioned)
    except UserErrors as errors:
        contents.faults += errors.faults
        contents.declared |= set(_declared(positioned.value))
        return
    take(contents, value, positioned, layer.folder / relative.parent)


def _where_to(relative: PurePosixPath) -> str:
    """Where such a file belongs."""
    top = relative.parts[0]
    if top == "mechanisms":
        return "A mechanism is described in mechanisms/<area>/<id>/entry.yaml."
    if top == "targets":
        return "A target is described in targets/<id>/target.yaml."
    hint = did_you_mean(top.removesuffix(".yaml"), FOLDERS)
    return hint or f"YAML files of a catalog are in {', '.join(FOLDERS[:-1])} or {FOLDERS[-1]}."


def _declared(value: object) -> Iterator[str]:
    """Everything that a faulty file might declare: what stands under ``id``, and its keys, for sources."""
    if isinstance(value, dict):
        yield from value
        for key, below in value.items():
            if key in ("id", "definition") and isinstance(below, str):
                yield below
            yield from _declared(below)
    elif isinstance(value, list):
        for below in value:
            yield from _declared(below)


def _take_sources(contents: Contents, value: SourcesFile, positioned: Positioned, folder: Path) -> None:
    contents.sources += [
        (source_id, Placed(source, positioned, (source_id,))) for source_id, source in value.root.items()
    ]


def _take_context(contents: Contents, value: ContextFile, positioned: Positioned, folder: Path) -> None:
    contents.sections += [Placed(one, positioned, ("sections", at)) for at, one in enumerate(value.sections)]
    contents.questions += [Placed(one, positioned, ("questions", at)) for at, one in enumerate(value.questions)]


def _take_requirements(contents: Contents, value: RequirementsFile, positioned: Positioned, folder: Path) -> None:
    contents.entries += [Placed(one, positioned, ("features", at)) for at, one in enumerate(value.features)]


def _take_constraints(contents: Contents, value: ConstraintsFile, positioned: Positioned, folder: Path) -> None:
    contents.constraints += [Placed(one, positioned, ("constraints", at)) for at, one in enumerate(value.constraints)]


def _take_mechanism(contents: Contents, value: Entry, positioned: Positioned, folder: Path) -> None:
    placed = Placed(value, positioned, (), folder)
    contents.entries.append(placed)
    if value.id != folder.name:
        contents.faults.append(placed.fault(f'the folder is called "{folder.name}", the entry "{value.id}"', "id"))


def _take_target(contents: Contents, value: TargetFile, positioned: Positioned, folder: Path) -> None:
    placed = Placed(value, positioned, (), folder)
    contents.targets.append(placed)
    if value.id != folder.name:
        contents.faults.append(placed.fault(f'the folder is called "{folder.name}", the target "{value.id}"', "id"))
