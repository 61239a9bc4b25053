"""A table and its target -> everything measured about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fatesline.catalog.positions import printable
from fatesline.catalog.project_shape import Protected
from fatesline.errors import UserError, did_you_mean
from fatesline.profiling import groups, leaks, names, people, rows
from fatesline.profiling.columns import Column, measured
from fatesline.profiling.facts import Fact
from fatesline.profiling.markers import clean, missing_markers
from fatesline.profiling.rates import Rate
from fatesline.profiling.sources import opened
from fatesline.profiling.table import Table
from fatesline.profiling.targets import Direction, Task, target_candidates_of, target_of


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
    favourable : str or None
        The favourable label, given or proposed; None where nothing speaks for any.
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
    """

    file: str
    sha256: str
    delimiter: str
    encoding: str
    rows: int
    target: str
    task: Task | None
    labels: tuple[tuple[str, int], ...]
    favourable: str | None
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

    def column(self, name: str) -> Column:
        """The column with the given name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def target_candidates(path: Path) -> tuple[str, ...]:
    """Columns with two values that may be the target, the likeliest first.

    Parameters
    ----------
    path : Path
        A CSV file; `profiling.table.opened` says which.

    Raises
    ------
    UserError
        As `profile`.
    """
    with opened(path) as table:
        clean(table, missing_markers(table))
        return target_candidates_of(table)


def profile(
    path: Path,
    target: str | None = None,
    favourable: str | None = None,
    protected: Sequence[str] = (),
    *,
    reference: Mapping[str, Mapping[str, float]] | None = None,
) -> Profile:
    """Measure a table.

    Parameters
    ----------
    path : Path
        A CSV file; `profiling.table.opened` says which.
    target : str, optional
        Column to be predicted.
    favourable : str, optional
        The label that is good for the person, as it stands in the file; ``high`` or ``low`` where the target is a
        number; proposed when left out.
    protected : sequence of str, optional
        Columns of protected attributes; proposed when left out.
    reference : mapping of str to mapping of str to float, optional
        Shares of the groups of an attribute, or of a protected column, in the population concerned.

    Raises
    ------
    UserError
        If the file is no table, no target is named, a named column or label does not exist, or the target has one
        value only.
    """
    with opened(path) as table:
        where = str(path)
        if target is None:
            raise _no_target(table, where)
        _refuse_unknown(table, where, target, protected)
        return _measured(table, where, target, favourable, tuple(dict.fromkeys(protected)), reference or {})


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
                way_on=hint or f"Its columns: {_listed(table.names)}.",
            )
    if target in protected:
        raise UserError(f'"{printable(target)}" is the target; it cannot be protected as well', where=where)


def _listed(columns: Sequence[str]) -> str:
    shown = ", ".join(printable(name, 40) for name in columns[:20])
    return f"{shown}, …" if len(columns) > 20 else shown


def _measured(
    table: Table,
    where: str,
    target: str,
    favourable: str | None,
    named: tuple[str, ...],
    reference: Mapping[str, Mapping[str, float]],
) -> Profile:
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
    columns, said_of_leaks = leaks.without_leaks(table, columns, outcome, named)
    candidates = groups.candidates(columns, named)
    protected = groups.chosen(table, where, columns, candidates, named)
    rates = groups.rates_by_group(table, protected, outcome)
    person, said_of_persons = people.repeated_persons(table, columns)
    facts += [
        *said_of_leaks,
        *groups.candidate_facts(columns, candidates, target),
        *groups.group_facts(protected, rates, outcome, reference),
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
        *rows.order(table, columns, outcome),
        *groups.proxies(table, columns, protected),
    ]
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
    )
