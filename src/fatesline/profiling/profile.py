"""A table and its target -> everything measured about them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fatesline.catalog.positions import printable
from fatesline.catalog.project_shape import Protected
from fatesline.errors import UserError, did_you_mean
from fatesline.profiling import groups, leaks, names, people, rows
from fatesline.profiling.columns import Column, measured
from fatesline.profiling.facts import Fact
from fatesline.profiling.markers import clean, missing_markers
from fatesline.profiling.rates import Language, Rate
from fatesline.profiling.reference import Shares, reference_shares
from fatesline.profiling.sources import Source, opened
from fatesline.profiling.sources.storage import Moved
from fatesline.profiling.table import Table
from fatesline.profiling.targets import Direction, Favourable, Task, target_candidates_of, target_of

# Dates, long numbers and long texts: what stands in rows rather than above them.
_NO_NAME = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d[\d .-]{7,}|.{60}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Profile:
    """What was measured on one table; no row and no value that looks personal.

    Parameters
    ----------
    file, sha256, delimiter, encoding : str
    rows : int
    target : str
    task : {'binary', 'several_classes', 'numeric'} or None
        Kind of target; None where its values do not tell.
    labels : tuple of (str, int)
        Values of the target and how often they occur; empty for numbers and where there are too many to choose from.
    favourable : str, tuple of str or None
        The favourable label, given or proposed; several where the user named several of several classes; None where
        nothing speaks for any.
    favourable_given : bool
        True if the user named it.
    direction : {'high', 'low'} or None
        Of a number: what is good for the person; None where nothing speaks for either.
    columns : tuple of Column
        All but the target, in the order of the file; those that leak are dropped.
    missing : tuple of str
        Texts that stand for a missing value.
    protected : tuple of Protected
        Proposed attributes and groups, at most ``groups.MOST_ATTRIBUTES`` unless the user named more.
    candidates : mapping of str to str
        Columns that may be protected, and on which ground, those of ``protected`` among them.
    rates : mapping of str to tuple of Rate
        Rate of the favourable outcome by group, for each attribute; ``"intersection"`` for several crossed.
    person : str or None
        The column that names a person who may occur several times.
    quasi_identifiers : tuple of str
    facts : tuple of Fact
    format : str
        Kind of source: csv, parquet, excel, duckdb, sqlite, database, frame, spark.
    sampled_rows : int
        Rows from which quantiles, leaks and stand-ins were measured; fewer than ``rows`` in a large table.
    renamed : mapping of str to str
        Columns whose names stood there before: the name that is used, and what stands in the file.
    table : str
        Table of a database, or sheet of a workbook; empty where a file has one only.
    """

    file: str
    sha256: str
    delimiter: str
    encoding: str
    rows: int
    target: str
    task: Task | None
    labels: tuple[tuple[str, int], ...]
    favourable: Favourable | None
    favourable_given: bool
    direction: Direction | None
    columns: tuple[Column, ...]
    missing: tuple[str, ...]
    protected: tuple[Protected, ...]
    candidates: Mapping[str, str]
    rates: Mapping[str, tuple[Rate, ...]]
    person: str | None
    quasi_identifiers: tuple[str, ...]
    facts: tuple[Fact, ...]
    format: str
    sampled_rows: int
    renamed: Mapping[str, str]
    table: str = ""

    def column(self, name: str) -> Column:
        """The column with the given name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def target_candidates(source: Source, table: str | None = None) -> tuple[str, ...]:
    """Columns with two values that may be the target, the likeliest first.

    Parameters
    ----------
    source : path, str or frame
        As in `profile`.
    table : str, optional

    Raises
    ------
    UserError
        As `profile`.
    """
    with opened(source, table) as found:
        clean(found, missing_markers(found))
        return target_candidates_of(found)


def profile(
    source: Source,
    target: str | None = None,
    favourable: Favourable | None = None,
    protected: Sequence[str] = (),
    *,
    reference: Source | Shares | None = None,
    language: Language = "en",
    table: str | None = None,
    moved: Moved | None = None,
) -> Profile:
    """Measure a table.

    Parameters
    ----------
    source : path, str or frame
        A file (CSV, Parquet, Excel, DuckDB, SQLite), a folder or pattern of files of one kind, the URL of a database,
        or a frame of pandas, Polars, Arrow, DuckDB, Dask or PySpark; `profiling.sources` says how each is read and
        where it is counted.
    target : str, optional
        Column to be predicted.
    favourable : str or tuple of str, optional
        The label that is good for the person, as it stands in the file, or several of several classes; ``high`` or
        ``low`` where the target is a number; proposed when left out.
    protected : sequence of str, optional
        Columns of protected attributes; proposed when left out.
    reference : mapping, path, str or frame, optional
        Shares of the groups of protected attributes in the population concerned, a file that states them, or another
        table whose rows are counted; `profiling.reference` says in which form.
    language : {'en', 'fr'}
        Of the names of groups that are ranges of numbers, or several values put together.
    table : str, optional
        Table of a database or sheet of a workbook.
    moved : callable, optional
        Told how much is done, and of how much.

    Raises
    ------
    UserError
        If the file is no table, no target is named, a named column or label does not exist, or the target has one
        value only.
    """
    with opened(source, table, moved) as found:
        if target is None:
            raise _no_target(found, found.where)
        _refuse_unknown(found, found.where, target, protected)
        named = tuple(dict.fromkeys(protected))
        return _measured(found, found.where, target, favourable, named, reference, language, moved or _nobody)


def _nobody(done: int, total: int) -> None:
    """Where nobody watches."""


def _no_target(table: Table, where: str) -> UserError:
    candidates = target_candidates_of(table)
    listed = ", ".join(f'"{printable(name)}"' for name in candidates[:5])
    way_on = f"Columns with two values: {listed}." if listed else "No column has exactly two values."
    return UserError("no target is named", where=where, way_on=way_on)


def _refuse_unknown(table: Table, where: str, target: str, protected: Sequence[str]) -> None:
    for name in (target, *protected):
        if name not in table.names:
            hint = did_you_mean(printable(name), map(printable, table.names))
            raise UserError(
                f'there is no column "{printable(name)}"',
                where=where,
                way_on=hint or _listed(table.names),
            )
    if target in protected:
        raise UserError(f'"{printable(target)}" is the target; it cannot be protected as well', where=where)


def _listed(columns: Sequence[str]) -> str:
    if any(_NO_NAME.search(name) for name in columns):
        # Where the names are somebody's data, nobody should read them here.
        return "Does the first line have the names of the columns?"
    shown = ", ".join(printable(name, 40) for name in columns[:20])
    return f"Its columns: {shown}{', …' if len(columns) > 20 else ''}."


def _measured(
    table: Table,
    where: str,
    target: str,
    favourable: Favourable | None,
    named: tuple[str, ...],
    reference: Source | Shares | None,
    language: Language,
    moved: Moved,
) -> Profile:
    # Reading was the first half; each column, and each of the questions after them, is a step of the second.
    steps = 2 * (len(table.names) + 6)
    moved(steps // 2, steps)
    markers = missing_markers(table)
    clean(table, markers)
    outcome = target_of(table, where, target, favourable)
    facts: list[Fact] = [*markers.facts, *outcome.facts]
    columns: list[Column] = []
    for name in table.names:
        if name != target:
            keeps_groups = name in named or names.protected_attribute(name) not in (None, "age")
            column, said = measured(table, name, keep_levels=keeps_groups)
            columns.append(column)
            facts += said
            moved(steps // 2 + len(columns), steps)
    columns, said_of_leaks = leaks.without_leaks(table, columns, outcome, named)
    moved(steps - 5, steps)
    candidates = groups.candidates(columns, named)
    protected = groups.chosen(table, where, columns, candidates, named, language)
    expected = {} if reference is None else reference_shares(reference, protected)
    rates = groups.rates_by_group(table, protected, outcome)
    sizes = rates or groups.sizes_of_groups(table, protected)
    moved(steps - 3, steps)
    person, said_of_persons = people.repeated_persons(table, columns)
    facts += [
        *said_of_leaks,
        *groups.candidate_facts(columns, candidates, target),
        *groups.group_facts(protected, sizes, rates, outcome, expected),
        *said_of_persons,
    ]
    columns = [column for column in columns if column.name != person]
    quasi = people.quasi_identifiers(columns, [one.column for one in protected])
    facts += [
        *people.singled_out(table, quasi),
        *rows.duplicates(table),
        *rows.missing(table, columns),
        *groups.missing_by_group(table, columns, protected),
        *rows.blanks(table, columns, target),
        *rows.outlying(table, columns),
        *rows.same_information(table, columns),
        *(ordered := rows.order(table, columns, outcome)),
        *rows.time(columns, ordered),
        *groups.proxies(table, columns, protected),
    ]
    moved(steps, steps)
    return Profile(
        table.file,
        table.sha256,
        table.delimiter,
        table.encoding,
        table.rows,
        target,
        outcome.task,
        outcome.labels,
        outcome.favourable,
        favourable is not None,
        outcome.direction,
        tuple(columns),
        markers.texts,
        protected,
        candidates,
        rates,
        person,
        quasi,
        tuple(facts),
        table.format,
        table.sampled_rows,
        table.renamed,
        table.inner,
    )
