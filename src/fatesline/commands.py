"""One public function for each command: from paths to answers as data. `cli` adds the printing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fatesline.catalog import Catalog, load
from fatesline.catalog.project import Project, check_against, read_project
from fatesline.documents.wording import Language
from fatesline.errors import UserError, did_you_mean
from fatesline.files import write_whole
from fatesline.model.features import unknown_feature
from fatesline.solution import Contradiction, Solution, Why
from fatesline.solution import solve as complete

if TYPE_CHECKING:
    from fatesline.asking import Asked
    from fatesline.checking import Report
    from fatesline.curation import Problem
    from fatesline.generation.write import Changes
    from fatesline.interview.prompts import Front
    from fatesline.profiling import Drift, Profile


def opened(
    path: str | Path, catalogs: Sequence[str | Path] = (), *, on: datetime.date | None = None
) -> tuple[Project, Catalog]:
    """A project file and the catalogs it is read with, checked against each other.

    Parameters
    ----------
    path : str or Path
        ``fates.yaml``, or a folder that has one.
    catalogs : sequence of str or Path
        Further catalog folders.
    on : date, optional
        The day for which waivers must be valid; today by default.

    Raises
    ------
    UserError
        Every fault of the file, with its line.
    """
    path = Path(path)
    catalog = load(catalogs)
    project = read_project(path / "fates.yaml" if path.is_dir() else path)
    check_against(project, catalog, on=on or datetime.date.today())
    return project, catalog


def ask(
    output: str | Path,
    *,
    data: str | Path | None = None,
    target: str | None = None,
    answers: str | Path | None = None,
    write_answers: str | Path | None = None,
    language: Language | None = None,
    otherwise: Language = "en",
    catalogs: Sequence[str | Path] = (),
    front: Callable[[Language], Front] | None = None,
    remark: Callable[[str], None] = print,
) -> Asked:
    """Answer the questions of a project and write its ``fates.yaml``.

    Parameters
    ----------
    output : str or Path
        Where to write. If it is there already, the interview goes on from it.
    data : str or Path, optional
        A table to be measured; proposes answers and settings.
    target : str, optional
        Column to be predicted.
    answers : str or Path, optional
        An answers file.
    write_answers : str or Path, optional
        Where to write what was answered as an answers file.
    language : {'en', 'fr'}, optional
        By default that of the answers file or of the earlier project.
    otherwise : {'en', 'fr'}
        Where these say nothing.
    catalogs : sequence of str or Path
    front : callable, optional
        Gives, for a language, the `Front` through which somebody answers; left out where nobody can. What is answered
        is written after every answer.
    remark : callable
        Shows a line that is not part of the conversation.

    Returns
    -------
    Asked
        Nothing was written if its project is None.

    Raises
    ------
    UserError
        If a file is faulty or the table cannot be used.
    Left
        If somebody leaves before the first question of the interview.
    """
    from fatesline.asking import answers_file, ask_project, earlier_project, save
    from fatesline.catalog.answers import AnswersFile, read_answers

    output = Path(output)
    catalog = load(catalogs)
    given = read_answers(Path(answers)) if answers is not None else AnswersFile()
    earlier = earlier_project(output, catalog, language or given.language or otherwise)
    spoken = language or given.language or (earlier.language if earlier is not None else otherwise)
    asked = ask_project(
        catalog,
        data=Path(data) if data is not None else None,
        target=target,
        given=given,
        earlier=earlier,
        language=spoken,
        front=front(spoken) if front is not None else None,
        remark=remark,
        keep=lambda project: save(project, output, remark),
    )
    if asked.project is not None:
        save(asked.project, output, remark)
        if write_answers is not None:
            write_whole(Path(write_answers), answers_file(asked.project, catalog, given.data))
    return asked


def profile(
    source: object,
    *,
    target: str | None = None,
    favourable: str | tuple[str, ...] | None = None,
    protected: Sequence[str] = (),
    table: str | None = None,
    reference: object = None,
    against: object = None,
    language: Language = "en",
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Profile, Drift | None]:
    """Measure a table.

    Parameters
    ----------
    source : path, str or frame
        A file, a folder or pattern of files, the URL of a database, or a frame; `profiling.sources` says which.
    target : str, optional
        Column to be predicted.
    favourable : str or tuple of str, optional
        The label that is good for the person, or several of several classes; proposed when left out.
    protected : sequence of str, optional
        Columns of protected attributes; proposed when left out.
    table : str, optional
        Table of a database or sheet of a workbook.
    reference : mapping, path, str or frame, optional
        Shares of protected groups in the population concerned, a file that states them, or another table.
    against : path, str or frame, optional
        An earlier table with the same columns.
    language : {'en', 'fr'}
        Of the names of proposed groups.
    progress : callable, optional
        Told how much is done, and of how much.

    Returns
    -------
    tuple of (Profile, Drift or None)
        Drift only where there is a table to compare with.

    Raises
    ------
    UserError
        If a source is no table, or there is no such column or label.
    """
    from fatesline import profiling

    found = profiling.profile(
        source, target, favourable, protected, reference=reference, language=language, table=table, moved=progress
    )
    return found, profiling.drift(against, source) if against is not None else None


def solve(
    path: str | Path, *, catalogs: Sequence[str | Path] = (), on: datetime.date | None = None
) -> Solution | Contradiction:
    """Complete the configuration of a project.

    Parameters
    ----------
    path : str or Path
        ``fates.yaml``.
    catalogs : sequence of str or Path
        Further catalog folders.
    on : date, optional
        The day it is asked for: laws that apply from a later day do not bind yet and are told as coming. By default
        every law binds, and waivers must be valid today.

    Raises
    ------
    UserError
        If a file is faulty or a waiver has expired.
    """
    project, catalog = opened(path, catalogs, on=on)
    return complete(project, catalog, on=on)


def why(path: str | Path, feature: str, *, catalogs: Sequence[str | Path] = ()) -> Why | Contradiction:
    """The argument for a feature, or against it.

    Parameters
    ----------
    path : str or Path
        ``fates.yaml``.
    feature : str
        Feature id, today's or a former one.
    catalogs : sequence of str or Path

    Raises
    ------
    UserError
        If there is no such feature, or the file is faulty.
    """
    found = solve(path, catalogs=catalogs)
    if isinstance(found, Contradiction):
        return found
    name = found.catalog.current_id(feature)
    if name not in found.catalog.model:
        raise unknown_feature(feature, found.catalog.model.ids)
    return found.why(name)


def project_files(found: Solution) -> dict[str, str]:
    """Every file of the project that a solution asks for: text by path.

    Raises
    ------
    UserError
        If nothing is known of the data, or a setting does not fit.
    """
    from fatesline.documents.for_projects import told
    from fatesline.generation.plan import plan
    from fatesline.generation.render import render

    return render(plan(found, told(found)))


def generate(
    path: str | Path, folder: str | Path, *, catalogs: Sequence[str | Path] = (), on: datetime.date | None = None
) -> Changes | Contradiction:
    """Generate the project, or refuse and write nothing.

    Parameters
    ----------
    path : str or Path
        ``fates.yaml``.
    folder : str or Path
        Made where it does not exist.
    catalogs : sequence of str or Path
    on : date, optional

    Raises
    ------
    UserError
        If the folder holds edits that would be lost, or something is faulty.
    """
    from fatesline.generation.write import write

    found = solve(path, catalogs=catalogs, on=on)
    if isinstance(found, Contradiction):
        return found
    return write(_with_own_record(project_files(found), Path(path), Path(folder)), Path(folder))


def difference(
    path: str | Path, folder: str | Path, *, catalogs: Sequence[str | Path] = (), on: datetime.date | None = None
) -> str | Contradiction:
    """What generating would change, as a unified diff; nothing is written."""
    from fatesline.generation.write import differences

    found = solve(path, catalogs=catalogs, on=on)
    if isinstance(found, Contradiction):
        return found
    return differences(_with_own_record(project_files(found), Path(path), Path(folder)), Path(folder))


def _with_own_record(files: dict[str, str], path: Path, folder: Path) -> dict[str, str]:
    """The files with ``fates.yaml`` as it stands, comments and all, where the project is generated from its own."""
    own = folder / "fates.yaml"
    config = path / "fates.yaml" if path.is_dir() else path
    if own.exists() and own.samefile(config):
        return {**files, "fates.yaml": own.read_bytes().decode("utf-8")}
    return files


def check(
    path: str | Path,
    *,
    config: str | Path | None = None,
    catalogs: Sequence[str | Path] = (),
    baseline: str | Path | None = None,
    ignores: bool = True,
    progress: Callable[[int, int], None] | None = None,
    cache: str | Path | None = None,
    profile: str | None = None,
) -> tuple[Report, Catalog] | Contradiction:
    """Read a pipeline and say what is there, what is missing, and what is wired wrongly. Nothing in it is run.

    Parameters
    ----------
    path : str or Path
        A file or a folder.
    config : str or Path, optional
        ``fates.yaml``; says what is required here. A ``fates.yaml`` in the folder is taken when absent.
    catalogs : sequence of str or Path
    baseline : str or Path, optional
        A file of findings that were there before, and do not count.
    ignores : bool
        Whether ``# fates: ignore[ID] reason`` in the code counts.
    progress : callable, optional
        Called with the number of files read and the number to read.
    cache : str or Path, optional
        Folder of what earlier checks saw in the same files; none is used or kept without it.
    profile : str, optional
        Name of a file below ``profiles/`` of a catalog, whose answers count where there is no ``fates.yaml``.

    Raises
    ------
    UserError
        If the path does not exist, the project file is faulty, or no catalog has the profile.
    """
    from fatesline.checking import check as look
    from fatesline.checking.baseline import read_baseline
    from fatesline.checking.mending import with_fixes

    path, cache = Path(path), Path(cache) if cache is not None else None
    if not path.exists():
        raise UserError("there is no such file or folder", where=str(path))
    before = read_baseline(Path(baseline)) if baseline is not None else {}
    beside = path / "fates.yaml" if path.is_dir() else None
    if config is None and beside is not None and beside.is_file():
        config = beside
    if config is None and profile is not None:
        config = profile_file(profile, catalogs)
    if config is None:
        catalog = load(catalogs)
        report = look(path, catalog, None, baseline=before, ignores=ignores, progress=progress, cache=cache)
        return with_fixes(report, path, catalog, cache=cache), catalog
    found = solve(config, catalogs=catalogs)
    if isinstance(found, Contradiction):
        return found
    report = look(path, found.catalog, found, baseline=before, ignores=ignores, progress=progress, cache=cache)
    return with_fixes(report, path, found.catalog, found, cache=cache), found.catalog


def profile_file(name: str, catalogs: Sequence[str | Path] = ()) -> Path:
    """The file of a profile; of several catalogs that have it, the last one's.

    Raises
    ------
    UserError
        If no catalog has it.
    """
    folders = [layer.folder / "profiles" for layer in load(catalogs).layers]
    files = {file.stem: file for folder in folders for file in sorted(folder.glob("*.yaml"))}
    if name not in files:
        known = f"Known are {', '.join(sorted(files))}." if files else "No catalog has any."
        raise UserError(f'there is no profile "{name}"', way_on=known)
    return files[name]


def accept(report: Report, path: str | Path) -> int:
    """Write the findings of a report, those of its baseline included, to a new baseline; how many there are.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    from fatesline.checking.baseline import write_baseline

    known = [one.finding for one in report.suppressed if one.by == "baseline"]
    keys = [finding.key for finding in (*report.findings, *known)]
    write_baseline(keys, Path(path))
    return len(keys)


def explain(id: str, *, language: Language = "en", catalogs: Sequence[str | Path] = ()) -> tuple[str, ...]:
    """What a feature, a question, a constraint, a source or a finding means, in lines.

    Parameters
    ----------
    id : str
    language : {'en', 'fr'}
    catalogs : sequence of str or Path

    Raises
    ------
    UserError
        If nothing has that id; with the nearest one that exists.
    """
    from fatesline.checking.detectors import RULES
    from fatesline.documents.explanations import catalog_explanation, rule_explanation

    rules = {name.lower(): rule for rule in RULES for name in (rule.id, rule.slug)}
    if id.lower() in rules:
        return tuple(rule_explanation(rules[id.lower()], language))
    catalog = load(catalogs)
    lines = catalog_explanation(id, catalog, language)
    if lines is None:
        known = [*catalog.model.ids, *catalog.constraints, *catalog.sources, *rules]
        raise UserError(f'nothing has the id "{id}"', way_on=did_you_mean(id, known))
    return tuple(lines)


def catalog_check(folders: Sequence[str | Path] = ()) -> tuple[Catalog, tuple[Problem, ...]]:
    """Read the catalogs and prove what must hold of them.

    Parameters
    ----------
    folders : sequence of str or Path
        Catalogs to put on top of the built-in one.

    Returns
    -------
    Catalog, tuple of Problem
        By file and line. Beyond what `curation.check_catalog` proves, every case beside an entry is tried.

    Raises
    ------
    UserError
        If a file is faulty; all faults at once.
    """
    from fatesline.curation import check_catalog

    catalog = load(folders, thorough=True)
    problems = [*check_catalog(catalog), *_cases_that_fail(catalog)]
    return catalog, tuple(sorted(problems, key=lambda one: (one.place.file, one.place.line, one.rule, one.what)))


def _cases_that_fail(catalog: Catalog) -> Iterator[Problem]:
    """Cases in which a feature is not recognised by its own patterns, or is recognised against its author's word."""
    from fatesline.checking import inventory, recognise
    from fatesline.curation import Problem

    for name, entry in catalog.entries.items():
        if name not in catalog.folders or not entry.recognise:
            continue
        for kind in ("must", "must_not"):
            folder = catalog.folders[name] / "cases" / kind
            for case in sorted(folder.iterdir()) if folder.is_dir() else ():
                if case.name.startswith((".", "__")):
                    continue
                found = recognise(inventory(case).facts, {name: entry}).get(name)
                if (found is not None and found.counts) != (kind == "must"):
                    verdict = "is not recognised" if kind == "must" else "is recognised"
                    what = f'"{name}" {verdict} in cases/{kind}/{case.name}'
                    yield Problem("failing-case", catalog.place(name), what)
