"""From a folder to its inventory: read every file, then all code together."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from fatesline.checking.beside import Aside, Told
from fatesline.checking.detectors import DETECTORS
from fatesline.checking.detectors.detector import Sighting, marks_nothing
from fatesline.checking.facts import READERS, Fact, Inventory, Reach, reader_of
from fatesline.checking.flow.project import Project, dotted_name, stem
from fatesline.checking.flow.reach import reached, runs_as_program
from fatesline.checking.flow.scopes import Module, OwnFunction, Record, Seen
from fatesline.checking.flow.settings import Settings
from fatesline.checking.flow.statements import declare, follow, read_function, read_module
from fatesline.checking.ignores import Ignore, ignores_in
from fatesline.checking.readers import notebooks
from fatesline.checking.readers.reading import MOST_BYTES, Problem, Reading, decoded_text
from fatesline.checking.tree import files_below
from fatesline.model.places import Place

#: Called with (files read so far, files to read).
Progress = Callable[[int, int], None]


def inventory(
    path: Path, progress: Progress | None = None, *, contents: Mapping[str, bytes] = MappingProxyType({})
) -> Inventory:
    """Everything that the checker sees in a file or below a folder. Nothing is run or imported.

    Parameters
    ----------
    path : Path
    progress : callable, optional
        Told after every file.
    contents : mapping of str to bytes
        Files that are read as if they held this, by path relative to the folder; also such as are not there.

    Raises
    ------
    UserError
        If there is no such file or folder.
    """
    with _no_collections():
        return _inventory(path, progress, contents)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Nothing made while reading is given up before the end, so looking for it would only take time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # What was read counts as old from the start, or the next collection would go through all of it.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _inventory(path: Path, progress: Progress | None, contents: Mapping[str, bytes]) -> Inventory:
    tree = files_below(path)
    names = sorted({*tree.files, *contents})
    to_read = [name for name in names if reader_of(name) is not None]
    problems = list(tree.problems)
    ignores: list[Ignore] = []
    done = 0

    def read(name: str) -> Reading:
        nonlocal done
        reading = _read(tree.root / name, name, contents)
        problems.extend(reading.problems)
        ignores.extend(ignores_in(name, reading))
        done += 1
        if progress is not None:
            progress(done, len(to_read))
        return reading

    # Nothing imports a test module, and faults in it are not told, so that each can be read by itself and dropped. Who
    # asks about test files alone wants to know what is in them.
    code = [name for name in to_read if _is_code(name)]
    alone = [name for name in code if _is_test_module(name)] if not all(map(is_test_file, code)) else []

    def count(number: int) -> None:
        nonlocal done
        done += number
        if progress is not None:
            progress(done, len(to_read))

    def text_of(name: str) -> str | None:
        try:
            return decoded_text(_raw(tree.root / name, name, contents, MOST_BYTES))
        except OSError:
            return None

    settings = Settings(frozenset(names), text_of)
    stems = {stem(name) for name in code}

    def tell(name: str) -> Told:
        return _told(name, _read(tree.root / name, name, contents), dotted_name(name, stems), settings)

    sizes = {name: len(contents[name]) if name in contents else _size(tree.root / name) for name in code}
    others = {name: sizes.pop(name) for name in alone}
    aside = Aside(alone, tell, others, sum(sizes.values()))
    try:
        readings = {name: read(name) for name in to_read if name not in others}
        facts, sightings, deep, more = _understood(readings, alone, lambda: aside.told(count), settings)
    finally:
        aside.given_up()
    ignores += more
    files = [Fact(name, Place(name), "file", reach="test" if is_test_file(name) else "live") for name in names]
    problems += deep
    return Inventory(
        tuple(to_read),
        tuple(files) + facts,
        sightings,
        tuple(sorted(problems, key=lambda problem: (problem.place.file, problem.place.cell or 0, problem.place))),
        tuple(sorted(ignores, key=lambda one: (one.place.file, one.place.cell or 0, one.place))),
    )


def lines_at(
    root: Path, places: Iterable[Place], contents: Mapping[str, bytes] = MappingProxyType({})
) -> dict[Place, str]:
    """The line of code at each place, as it is read; empty where there is none.

    Parameters
    ----------
    root : Path
        What was checked: a folder, or one file.
    places : iterable of Place
    contents : mapping of str to bytes
        What files are taken to hold, as for :func:`inventory`.
    """
    folder = root if root.is_dir() else root.parent
    by_file: dict[str, list[Place]] = {}
    for place in places:
        by_file.setdefault(place.file, []).append(place)
    found: dict[Place, str] = {}
    for name, ones in by_file.items():
        reading = _read(folder / name, name, contents) if reader_of(name) is not None else Reading()
        lines = reading.text.split("\n")
        for place in ones:
            starts = reading.cell_starts
            before = starts[place.cell] if place.cell is not None and place.cell < len(starts) else 0
            found[place] = lines[before + place.line - 1] if 0 < before + place.line <= len(lines) else ""
    return found


def _read(file: Path, name: str, contents: Mapping[str, bytes]) -> Reading:
    reader = reader_of(name)
    assert reader is not None
    try:
        return reader(name, _raw(file, name, contents, notebooks.MOST_BYTES))
    except OSError as error:
        return Reading(problems=(Problem("unreadable", Place(name), error.strerror or ""),))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _raw(file: Path, name: str, contents: Mapping[str, bytes], most: int) -> bytes:
    if name in contents:
        return contents[name]
    with open(file, "rb") as stream:
        # One byte more than any reader takes, so that it can tell that the file is too large; and no more room than
        # the file needs.
        return stream.read(min(os.fstat(stream.fileno()).st_size, most) + 1)


def understood(
    readings: Mapping[str, Reading],
) -> tuple[tuple[Fact, ...], tuple[Sighting, ...], tuple[Problem, ...]]:
    """Facts and sightings of several files read together, so that imports among them are followed.

    Parameters
    ----------
    readings : mapping of str to Reading
        By path relative to the project.
    """
    facts, sightings, problems, _ = _understood(readings)
    return facts, sightings, problems


def _understood(
    readings: Mapping[str, Reading],
    alone: Sequence[str] = (),
    read_aside: Callable[[], Mapping[str, Told]] = dict,
    settings: Settings | None = None,
) -> tuple[tuple[Fact, ...], tuple[Sighting, ...], tuple[Problem, ...], list[Ignore]]:
    """The same, and the ignores of test modules that nothing imports.

    Parameters
    ----------
    readings : mapping of str to Reading
    alone : sequence of str
        Those test modules.
    read_aside : callable
        Gives what was seen in them.
    settings : Settings, optional
        Files that code may load.
    """
    written = _written(readings)
    standing = [one for detector in DETECTORS for path in written for one in detector.in_file(written[path])]
    readings = {path: reading for path, reading in readings.items() if _is_code(path) or reading.statements}
    paths = [*readings, *alone]
    stems = {stem(path) for path in paths}
    # Who asks about test files alone wants to know what is in them.
    all_tests = all(is_test_file(path) for path in paths)
    modules = {
        path: Module(path, dotted_name(path, stems), is_test=is_test_file(path) and not all_tests) for path in paths
    }
    for path, reading in readings.items():
        modules[path].take(reading.statements, reading.text, reading.cell_starts)
        if not modules[path].is_test:
            standing += [one for detector in DETECTORS for one in detector.in_module(modules[path], reading.text)]
    judged: dict[Record, list[Sighting]] = {}

    def judge(record: Record) -> None:
        if not record.calls:
            return
        # Calls hold on to everything that went into them: judged and dropped, or memory grows with the project.
        found = [sighting for detector in DETECTORS for sighting in detector.in_scope(record.calls)]
        record.calls.clear()
        if found:
            judged.setdefault(record, []).extend(found)

    project = Project(
        modules.values(),
        markers=[one.marks for one in DETECTORS if one.marks is not marks_nothing],
        telling_roots={root for detector in DETECTORS for root in detector.roots},
        follow=follow,
        judge=judge,
        settings=settings,
    )
    problems = _read_together([modules[path] for path in readings], project)
    beside = read_aside()
    problems += [problem for path in alone for problem in beside[path].problems]
    ignores = [one for path in alone for one in beside[path].ignores]
    live = frozenset(reached(project))
    facts = _facts(project, live, beside) + _beside_code(written)
    sightings = _sightings(project, live, judged, standing)
    for module in modules.values():
        module.drop()
    return facts, sightings, tuple(problems), ignores


def _told(path: str, reading: Reading, name: str, settings: Settings) -> Told:
    """What a test module shows by itself; faults in it are not told, so that nobody need follow what it hands on."""
    module = Module(path, name, is_test=True)
    module.take(reading.statements, reading.text, reading.cell_starts)
    project = Project([module], follow=follow, judge=_forget, settings=settings)
    project.follows = False
    deep = _read_together([module], project)
    records = (module.record, *(definition.record for definition in module.definitions))
    scopes = [(record.title, record.seen) for record in records]
    module.drop()
    return Told(path, scopes, [*reading.problems, *deep], list(ignores_in(path, reading)))


def _forget(record: Record) -> None:
    record.calls.clear()


def _is_code(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in READERS


def _written(readings: Mapping[str, Reading]) -> dict[str, tuple[Seen, ...]]:
    """What stands in files beside their code, by file, without repetitions; not in tests."""
    return {
        path: tuple({(one.name, one.role, one.place): one for one in reading.seen}.values())
        for path, reading in readings.items()
        if reading.seen and not is_test_file(path)
    }


def _beside_code(written: Mapping[str, tuple[Seen, ...]]) -> tuple[Fact, ...]:
    return tuple(
        Fact(name, place, role, "", positional, keywords)  # type: ignore[arg-type]
        for seen in written.values()
        for name, role, place, positional, keywords in seen
    )


def _read_together(modules: list[Module], project: Project) -> list[Problem]:
    problems: list[Problem] = []
    for module in modules:
        module.runs = runs_as_program(module)
        declare(module)
    for module in project.in_order(modules):
        try:
            read_module(module, project)
        except RecursionError:
            # The reader counts its own depth; this is for nesting that the count does not see.
            problems.append(Problem("depth", Place(module.path)))
            module.state = "read"
        project.depth = 0
    for module in modules:
        # Functions inside functions are added while this runs.
        for definition in module.definitions:
            if isinstance(definition, OwnFunction):
                try:
                    read_function(definition, project)
                except RecursionError:
                    problems.append(Problem("depth", module.place(definition.node)))
                    definition.state = "read"
                project.depth = 0
    return problems


def _scopes(
    project: Project, live: frozenset[Record], beside: Mapping[str, Told]
) -> Iterator[tuple[str, list[Seen], Reach]]:
    """Title, content and reach of every scope, in the order of the files."""
    for module in project.modules.values():
        told = beside.get(module.path)
        if told is not None and module.is_test:
            for title, seen in told.scopes:
                yield title, seen, "test"
            continue
        for record in (module.record, *(definition.record for definition in module.definitions)):
            yield record.title, record.seen, "test" if module.is_test else "live" if record in live else "dead"


def _facts(project: Project, live: frozenset[Record], beside: Mapping[str, Told]) -> tuple[Fact, ...]:
    """Facts in the order of their places; one seen both in reached and in unreached code is reached."""
    order: dict[Reach, int] = {"live": 0, "test": 1, "dead": 2}
    found: dict[tuple[str, str, Place], Fact] = {}
    for title, content, reach in _scopes(project, live, beside):
        for name, role, place, positional, keywords in content:
            key = (name, role, place)
            before = found.get(key)
            if before is not None and (
                order[before.reach] < order[reach] or (before.reach == reach and not _tells_more(keywords, before))
            ):
                continue
            found[key] = Fact(name, place, role, title, positional, keywords, reach)  # type: ignore[arg-type]
    return tuple(
        sorted(found.values(), key=lambda fact: (fact.place.file, fact.place.cell or 0, fact.place, fact.name))
    )


def _tells_more(keywords: Mapping[str, str], before: Fact) -> bool:
    return sum(map(bool, keywords.values())) > sum(map(bool, before.keywords.values()))


def _sightings(
    project: Project,
    live: frozenset[Record],
    judged: Mapping[Record, list[Sighting]],
    standing: Sequence[Sighting],
) -> tuple[Sighting, ...]:
    found: dict[tuple[str, Place], Sighting] = {}
    only_followed = {
        definition.record
        for module in project.modules.values()
        for definition in module.definitions
        if isinstance(definition, OwnFunction) and definition.followed and not definition.escapes
    }
    judged_here = live - only_followed
    # What a function does to rows is judged where it is called, if all its calls are known.
    sightings = [one for record, ones in judged.items() if record in judged_here for one in ones]
    idle = {one.rule.id for one in DETECTORS if one.rule.id in {it.rule for it in standing} and one.withdrawn(live)}
    sightings += [one for one in standing if one.rule not in idle]
    for detector in DETECTORS:
        sightings += detector.in_project(project, live)
    for sighting in sorted(sightings, key=lambda one: (one.rule, one.place.file, one.place.cell or 0, one.place)):
        found.setdefault((sighting.rule, sighting.place), sighting)
    return tuple(found.values())


def _is_test_module(path: str) -> bool:
    name = PurePosixPath(path).name
    return name.endswith(".py") and (name.startswith("test_") or name[:-3].endswith("_test"))


def is_test_file(path: str) -> bool:
    """Whether a file holds tests: in ``tests/``, or named ``test_*.py``, ``*_test.py`` or ``conftest.py``."""
    *folders, name = path.split("/")
    if any(folder in ("test", "tests", "testing") for folder in folders):
        return name.endswith((".py", ".ipynb"))
    return name == "conftest.py" or _is_test_module(path)
